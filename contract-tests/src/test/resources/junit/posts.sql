insert into blog values (1, 'first', 'what? {a} semicolon; in text');
create function posts() returns bigint language sql begin atomic select count(*) from public.blog; end;
