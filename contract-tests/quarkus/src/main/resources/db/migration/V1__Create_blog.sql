create table blog (id int primary key, title text not null, content text not null);
create table note (id int primary key, content text not null);
