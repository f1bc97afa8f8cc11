create table blog (id int primary key, title text, content text);
-- What a dump starts with must not reach the next script.
select set_config('search_path', '', false);
