create extension if not exists vector;
create table blog (id int primary key, title text, content text);
