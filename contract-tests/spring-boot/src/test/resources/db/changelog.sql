--liquibase formatted sql

--changeset team:blog
create table public.blog (id int primary key, title text not null, content text not null);
