do $$ begin execute format('alter database %I set timezone = ''UTC''', current_database()); end $$;
create table doc (
  id int primary key, title text, body text,
  big bigint generated always as (id * 1000000007::bigint) stored,
  price numeric(12, 3) generated always as (id / 8.0) stored,
  ratio float8 generated always as (id / 7.0::float8) stored,
  small real generated always as (id / 3.0::float4) stored,
  even boolean generated always as (id % 2 = 0) stored,
  day date generated always as (date '1999-12-30' + id) stored,
  at timestamp generated always as (timestamp '2000-02-28 23:00' + id * interval '37 min 0.25 s') stored,
  seen timestamptz generated always as (to_timestamp(id * 1e6 + 0.5)) stored,
  tod time generated always as (time '23:00' + id * interval '7 min') stored,
  span interval generated always as ((id - 20) * interval '1 mon 3 days 04:05:06.5') stored,
  uid uuid generated always as (md5(id::text)::uuid) stored,
  pad char(6) generated always as (id::text) stored,
  raw bytea generated always as (decode(md5(id::text), 'hex')) stored,
  meta jsonb generated always as (('{"id": ' || id || ', "o": [true, null, 1.50, "it''s \u00e9"]}')::jsonb) stored,
  tags text[] generated always as (array['tag', title, null, 'it''s "' || id || '"']) stored,
  nums int[] generated always as (array[id, null]) stored
);
create table note (id int primary key, body text);
insert into note select i, case when i % 9 <> 0 then 'note ' || i end from generate_series(1, 80) i;
create schema "My App";
create table "My App"."Odd Table" (body varchar(200), no bigint, tenant uuid, tag varchar(3), price numeric, day date,
  at timestamptz, primary key (tenant, no, tag, price, day, at));
insert into "My App"."Odd Table" select 'odd body ' || i, i % 10, md5((i % 3)::text)::uuid, i::text, i / 10.0,
  date '2020-02-28' + i, to_timestamp(i * 1e7 + 0.25) from generate_series(1, 40) i;
