--liquibase formatted sql

--changeset blog:1
create table blog (id int primary key, title text, content text);

--changeset blog:2 context:demo
insert into blog values (1, 'Bread', 'Flour and water.');
