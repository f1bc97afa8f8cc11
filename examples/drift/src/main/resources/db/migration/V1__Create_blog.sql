create table blog (id int primary key, title text, content text);
