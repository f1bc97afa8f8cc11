--
-- PostgreSQL database dump
--

\restrict aOrdinaryToken1

-- Dumped from database version 15.19
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: shop; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA shop;


--
-- Name: body(); Type: FUNCTION; Schema: shop; Owner: -
--

CREATE FUNCTION shop.body() RETURNS text
    LANGUAGE plpgsql
    AS $$ begin return 'a; b'; end $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: item; Type: TABLE; Schema: shop; Owner: -
--

CREATE TABLE shop.item (
    id integer NOT NULL,
    name text NOT NULL,
    price numeric(8,2),
    note text
);


--
-- Name: TABLE item; Type: COMMENT; Schema: shop; Owner: -
--

COMMENT ON TABLE shop.item IS 'has; a semicolon, and a '' quote';


--
-- Name: total(); Type: FUNCTION; Schema: shop; Owner: -
--

CREATE FUNCTION shop.total() RETURNS numeric
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT sum(
         CASE
             WHEN (item.price IS NULL) THEN (0)::numeric
             ELSE item.price
         END) AS sum
    FROM shop.item;
END;


--
-- Name: Odd "name; Type: TABLE; Schema: shop; Owner: -
--

CREATE TABLE shop."Odd ""name" (
    a integer,
    b text DEFAULT 'x;y'::text
);


--
-- Name: item_id_seq; Type: SEQUENCE; Schema: shop; Owner: -
--

ALTER TABLE shop.item ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME shop.item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: priced; Type: VIEW; Schema: shop; Owner: -
--

CREATE VIEW shop.priced AS
 SELECT item.id,
    item.name
   FROM shop.item
  WHERE (item.price IS NOT NULL);


--
-- Data for Name: Odd "name; Type: TABLE DATA; Schema: shop; Owner: -
--

COPY shop."Odd ""name" (a, b) FROM stdin;
1	ü
\.


--
-- Data for Name: item; Type: TABLE DATA; Schema: shop; Owner: -
--

COPY shop.item (id, name, price, note) FROM stdin;
1	Bread	2.50	two\nlines\tand a tab
2	Sails \\ rope	\N	\\.
3	Äpfel	3.00	\N
\.


--
-- Name: item_id_seq; Type: SEQUENCE SET; Schema: shop; Owner: -
--

SELECT pg_catalog.setval('shop.item_id_seq', 3, true);


--
-- Name: item item_pkey; Type: CONSTRAINT; Schema: shop; Owner: -
--

ALTER TABLE ONLY shop.item
    ADD CONSTRAINT item_pkey PRIMARY KEY (id);


--
-- Name: item no_delete; Type: RULE; Schema: shop; Owner: -
--

CREATE RULE no_delete AS
    ON DELETE TO shop.item DO INSTEAD ( SELECT 1 AS "?column?";
 SELECT 2 AS "?column?";
);


--
-- PostgreSQL database dump complete
--

\unrestrict aOrdinaryToken1

