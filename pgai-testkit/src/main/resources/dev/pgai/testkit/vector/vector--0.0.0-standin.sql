-- For tests only: SQL stand-in of pgai-testkit, not pgvector.
-- What differs from pgvector, and why, is in differences.md.
\echo Use "CREATE EXTENSION vector" to load this file. \quit

-- ---------------------------------------------------------------------------------------------
-- The type
--
-- A value is its text form, a zero byte, and the content of a real[]. Output is textout, which
-- stops at the zero byte; arithmetic reads the array. Both halves are reached by bytea functions
-- under other signatures, so that nothing is parsed or looped over when a value is read.
--
-- The exception is a value that came in through the binary protocol: no SQL can stand between the
-- message and the value, so it is the message as it was (int2 dimensions, int2 zero, float4 each in
-- network order) until vector(n) or a function takes it.

CREATE TYPE vector;

-- The bodies of vector_in and vector_typmod_in come later, see "Input".
CREATE FUNCTION vector_in(cstring, oid, integer) RETURNS vector
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'array_in';
CREATE FUNCTION vector_recv(internal, oid, integer) RETURNS vector
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bytearecv';
CREATE FUNCTION vector_typmod_in(cstring[]) RETURNS integer
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'varchartypmodin';
CREATE FUNCTION vector_out(vector) RETURNS cstring
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';

CREATE TYPE vector (
	INPUT = vector_in, OUTPUT = vector_out, RECEIVE = vector_recv,
	TYPMOD_IN = vector_typmod_in, STORAGE = external
);
COMMENT ON TYPE vector IS 'for tests only: SQL stand-in of pgai-testkit, not pgvector';

CREATE FUNCTION _vector_join(bytea, real[]) RETURNS vector
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteacat';
CREATE FUNCTION _vector_array_at(vector, integer) RETURNS real[]
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bytea_substr_no_len';
CREATE FUNCTION _vector_bytes_at(vector, integer) RETURNS bytea
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bytea_substr_no_len';

-- The third byte of a message is zero, and text ends there; a text form has three characters or more.
CREATE FUNCTION _vector_is_message(vector) RETURNS boolean
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN octet_length($1::text) < 3;

CREATE FUNCTION _vector_read_message(message bytea) RETURNS real[]
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF length(message) < 4 OR length(message) <> 4 + 4 * (get_byte(message, 0) * 256 + get_byte(message, 1)) THEN
		RAISE EXCEPTION 'incorrect binary data format' USING ERRCODE = 'invalid_binary_representation';
	END IF;
	-- by way of a vector, for its checks
	RETURN @extschema@.array_to_vector(ARRAY(
		SELECT CASE
			WHEN exponent = 255 AND fraction > 0 THEN 'NaN'
			WHEN exponent = 255 THEN sign * 'Infinity'::double precision
			WHEN exponent = 0 THEN sign * fraction * 2::double precision ^ -149
			ELSE sign * (8388608 + fraction) * 2::double precision ^ (exponent - 150)
		END::real
		FROM (
			SELECT CASE WHEN bits < 0 THEN -1 ELSE 1 END::double precision AS sign,
				(bits >> 23) & 255 AS exponent, bits & 8388607 AS fraction
			FROM (
				SELECT (get_byte(message, i) << 24) | (get_byte(message, i + 1) << 16)
					| (get_byte(message, i + 2) << 8) | get_byte(message, i + 3) AS bits
				FROM generate_series(4, length(message) - 4, 4) AS i OFFSET 0
			) AS words OFFSET 0
		) AS parts
	), -1, false);
END $$;

-- SQL functions written as RETURN are bound when they are created: no search_path can change
-- what they call. PL/pgSQL has no such form, hence the schema's name there.
CREATE FUNCTION vector_to_float4(vector, integer, boolean) RETURNS real[]
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE
		WHEN _vector_is_message($1) THEN _vector_read_message(_vector_bytes_at($1, 1))
		ELSE _vector_array_at($1, octet_length($1::text) + 2)
	END;

CREATE FUNCTION vector_dims(vector) RETURNS integer
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN cardinality(vector_to_float4($1, -1, false));

-- The one place where a vector is made, and checked. Its text must not depend on the session.
CREATE FUNCTION array_to_vector(real[], integer, boolean) RETURNS vector
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET extra_float_digits = 1 AS $$
DECLARE
	dims integer := cardinality($1);
	elements text;
BEGIN
	IF array_ndims($1) > 1 THEN
		RAISE EXCEPTION 'array must be 1-D' USING ERRCODE = 'data_exception';
	ELSIF array_position($1, NULL) IS NOT NULL THEN
		RAISE EXCEPTION 'array must not contain nulls' USING ERRCODE = 'null_value_not_allowed';
	ELSIF dims < 1 THEN
		RAISE EXCEPTION 'vector must have at least 1 dimension' USING ERRCODE = 'data_exception';
	ELSIF dims > 16000 THEN
		RAISE EXCEPTION 'vector cannot have more than 16000 dimensions' USING ERRCODE = 'program_limit_exceeded';
	ELSIF $2 <> -1 AND $2 <> dims THEN
		RAISE EXCEPTION 'expected % dimensions, not %', $2, dims USING ERRCODE = 'data_exception';
	END IF;
	elements := btrim($1[:]::text, '{}');
	IF strpos(elements, 'NaN') > 0 THEN
		RAISE EXCEPTION 'NaN not allowed in vector' USING ERRCODE = 'data_exception';
	ELSIF strpos(elements, 'Infinity') > 0 THEN
		RAISE EXCEPTION 'infinite value not allowed in vector' USING ERRCODE = 'data_exception';
	END IF;
	RETURN @extschema@._vector_join(('[' || elements || ']')::bytea || decode('00', 'hex'), $1[:]);
END $$;

CREATE FUNCTION vector(vector, integer, boolean) RETURNS vector
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	dims integer := @extschema@.vector_dims($1);
BEGIN
	IF $2 <> -1 AND $2 <> dims THEN
		RAISE EXCEPTION 'expected % dimensions, not %', $2, dims USING ERRCODE = 'data_exception';
	ELSIF @extschema@._vector_is_message($1) THEN
		RETURN @extschema@.array_to_vector($1::real[], $2, $3);
	END IF;
	RETURN $1;
END $$;

-- ---------------------------------------------------------------------------------------------
-- Input

-- Reads a literal number by number, as pgvector does with strtof. Slow, and needed only to name
-- what is wrong with a literal, or for numbers that float4in refuses.
CREATE FUNCTION _vector_elements(literal text) RETURNS real[]
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	space CONSTANT text := E' \t\n\v\f\r';
	-- not the Turkish i of a collation
	rest text COLLATE "C" := ltrim(literal, space);
	token text COLLATE "C";
	magnitude numeric;
	closed boolean := false;
	valid boolean;
	elements real[] := '{}';
BEGIN
	IF left(rest, 1) <> '[' THEN
		RAISE EXCEPTION 'invalid input syntax for type vector: "%"', literal
			USING ERRCODE = 'invalid_text_representation', DETAIL = 'Vector contents must start with "[".';
	ELSIF left(ltrim(substr(rest, 2), space), 1) = ']' THEN
		RAISE EXCEPTION 'vector must have at least 1 dimension' USING ERRCODE = 'data_exception';
	END IF;
	FOREACH rest IN ARRAY string_to_array(substr(rest, 2), ',') LOOP
		valid := false;
		rest := ltrim(rest, space);
		token := substring(rest FROM '(?i)^[-+]?(?:nan|inf(?:inity)?|(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:e[-+]?[0-9]+)?)');
		EXIT WHEN token IS NULL OR closed;
		IF token ~* 'nan' THEN
			RAISE EXCEPTION 'NaN not allowed in vector' USING ERRCODE = 'data_exception';
		ELSIF token ~* 'inf' THEN
			RAISE EXCEPTION 'infinite value not allowed in vector' USING ERRCODE = 'data_exception';
		END IF;
		magnitude := abs(token::numeric);
		-- half a step beyond the largest float4, and half the smallest: infinity and zero to strtof
		IF magnitude > 3.4028235677973366e38 THEN
			RAISE EXCEPTION '"%" is out of range for type vector', token
				USING ERRCODE = 'numeric_value_out_of_range';
		ELSIF magnitude > 0 AND magnitude < 7.006492321624085e-46 THEN
			elements := elements || CASE left(token, 1) WHEN '-' THEN '-0' ELSE '0' END::real;
		ELSE
			elements := elements || token::real;
		END IF;
		rest := ltrim(substr(rest, length(token) + 1), space);
		closed := left(rest, 1) = ']';
		valid := rest = '' OR closed AND ltrim(substr(rest, 2), space) = '';
		EXIT WHEN NOT valid;
	END LOOP;
	IF NOT closed OR NOT valid THEN
		RAISE EXCEPTION 'invalid input syntax for type vector: "%"', literal
			USING ERRCODE = 'invalid_text_representation';
	END IF;
	RETURN elements;
END $$;

CREATE FUNCTION text_to_vector(text, integer, boolean) RETURNS vector
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	space CONSTANT text := E' \t\n\v\f\r';
	-- up to e19 no number as people and programs write them is out of a float4's range
	number CONSTANT text := format('[%s]*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[01]?[0-9])?[%1$s]*', space);
BEGIN
	IF $1 ~ format('^[%s]*[[](%s,)*%2$s[]][%1$s]*$', space, number) THEN
		RETURN @extschema@.array_to_vector(('{' || btrim($1, space || '[]') || '}')::real[], $2, false);
	END IF;
	RETURN @extschema@.array_to_vector(@extschema@._vector_elements($1), $2, false);
END $$;

-- Without these casts, text would go through vector_in, which is VOLATILE and thus never folded
-- into a constant.
CREATE CAST (text AS vector) WITH FUNCTION text_to_vector(text, integer, boolean);
CREATE CAST (varchar AS vector) WITH FUNCTION text_to_vector(text, integer, boolean);

CREATE FUNCTION _vector_typmod(modifiers text[]) RETURNS integer
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	dims integer := modifiers[1];
BEGIN
	IF cardinality(modifiers) <> 1 THEN
		RAISE EXCEPTION 'invalid type modifier' USING ERRCODE = 'invalid_parameter_value';
	ELSIF dims < 1 THEN
		RAISE EXCEPTION 'dimensions for type vector must be at least 1' USING ERRCODE = 'invalid_parameter_value';
	ELSIF dims > 16000 THEN
		RAISE EXCEPTION 'dimensions for type vector cannot exceed 16000' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	RETURN dims;
END $$;

-- CREATE FUNCTION refuses SQL functions that take cstring, though they run well. This is what gives
-- literals and COPY pgvector's checks and normal form.
-- They are VOLATILE because an immutable SQL function runs under the caller's snapshot, and a
-- procedure has none after COMMIT: the server would crash.
UPDATE pg_catalog.pg_proc SET provolatile = 'v', prosrc = body,
	prolang = (SELECT oid FROM pg_catalog.pg_language WHERE lanname = 'sql')
FROM (VALUES
	('vector_in'::regproc,
		'SELECT @extschema@.text_to_vector(pg_catalog.textin($1), $3, false)'),
	('vector_typmod_in'::regproc,
		'SELECT @extschema@._vector_typmod(ARRAY(SELECT pg_catalog.textin(m) FROM pg_catalog.unnest($1) m))')
) AS input (function, body)
WHERE oid = input.function;

CREATE FUNCTION vector_send(vector) RETURNS bytea
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN int2send(@extschema@.vector_dims($1)::smallint) || int2send(0::smallint) || (
		SELECT string_agg(float4send(x), '')
		FROM (SELECT unnest(@extschema@.vector_to_float4($1, -1, false)) AS x OFFSET 0) AS elements
	);
END $$;
ALTER TYPE vector SET (SEND = vector_send);

-- ---------------------------------------------------------------------------------------------
-- Casts

CREATE FUNCTION array_to_vector(integer[], integer, boolean) RETURNS vector
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_vector($1::real[], $2, $3);
CREATE FUNCTION array_to_vector(double precision[], integer, boolean) RETURNS vector
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_vector($1::real[], $2, $3);
CREATE FUNCTION array_to_vector(numeric[], integer, boolean) RETURNS vector
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_vector($1::real[], $2, $3);

CREATE CAST (vector AS vector) WITH FUNCTION vector(vector, integer, boolean) AS IMPLICIT;
CREATE CAST (vector AS real[]) WITH FUNCTION vector_to_float4(vector, integer, boolean) AS IMPLICIT;
CREATE CAST (integer[] AS vector) WITH FUNCTION array_to_vector(integer[], integer, boolean) AS ASSIGNMENT;
CREATE CAST (real[] AS vector) WITH FUNCTION array_to_vector(real[], integer, boolean) AS ASSIGNMENT;
CREATE CAST (double precision[] AS vector) WITH FUNCTION array_to_vector(double precision[], integer, boolean) AS ASSIGNMENT;
CREATE CAST (numeric[] AS vector) WITH FUNCTION array_to_vector(numeric[], integer, boolean) AS ASSIGNMENT;

-- ---------------------------------------------------------------------------------------------
-- Distances
--
-- Sums are taken in float8 and rounded to float4 once, where pgvector sums in float4.
-- The functions on vectors are inlined: a constant operand becomes an array once for a whole scan.

-- C's cast to float: infinity and zero where SQL's cast fails
CREATE FUNCTION _vector_float4(double precision) RETURNS double precision
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN CASE
		WHEN abs($1) > 3.4028235677973366e38 THEN sign($1) * 'Infinity'::double precision
		WHEN abs($1) < 7.006492321624085e-46 THEN 0
		ELSE $1::real
	END;

-- Two unnest() side by side in a SELECT list, kept there by OFFSET 0, are the fastest loop over two
-- arrays that SQL has.
CREATE FUNCTION _vector_distance(metric text, a double precision[], b double precision[]) RETURNS double precision
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	similarity double precision;
BEGIN
	IF cardinality(a) <> cardinality(b) THEN
		RAISE EXCEPTION 'different vector dimensions % and %', cardinality(a), cardinality(b)
			USING ERRCODE = 'data_exception';
	END IF;
	CASE metric
	WHEN 'l2' THEN
		RETURN (
			SELECT sqrt(@extschema@._vector_float4(sum(d * d)))
			FROM (SELECT (unnest(a) - unnest(b))::real::double precision AS d OFFSET 0) AS differences
		);
	WHEN 'l1' THEN
		RETURN (
			SELECT @extschema@._vector_float4(sum(abs(d)))
			FROM (SELECT (unnest(a) - unnest(b))::real::double precision AS d OFFSET 0) AS differences
		);
	WHEN 'inner product' THEN
		RETURN (
			SELECT @extschema@._vector_float4(sum(x * y))
			FROM (SELECT unnest(a) AS x, unnest(b) AS y OFFSET 0) AS pairs
		);
	WHEN 'cosine' THEN
		SELECT @extschema@._vector_float4(sum(x * y))
			/ nullif(sqrt(@extschema@._vector_float4(sum(x * x)) * @extschema@._vector_float4(sum(y * y))), 0)
		INTO similarity
		FROM (SELECT unnest(a) AS x, unnest(b) AS y OFFSET 0) AS pairs;
		-- 0 / 0 is NaN in C, and NaN is above every number in SQL
		IF similarity IS NULL OR similarity = 'NaN' THEN
			RETURN 'NaN';
		END IF;
		RETURN 1 - greatest(least(similarity, 1), -1);
	END CASE;
END $$;

CREATE FUNCTION l2_distance(vector, vector) RETURNS double precision
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN _vector_distance('l2', $1::real[]::double precision[], $2::real[]::double precision[]);
CREATE FUNCTION l1_distance(vector, vector) RETURNS double precision
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN _vector_distance('l1', $1::real[]::double precision[], $2::real[]::double precision[]);
CREATE FUNCTION inner_product(vector, vector) RETURNS double precision
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN _vector_distance('inner product', $1::real[]::double precision[], $2::real[]::double precision[]);
CREATE FUNCTION vector_negative_inner_product(vector, vector) RETURNS double precision
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN -inner_product($1, $2);
CREATE FUNCTION cosine_distance(vector, vector) RETURNS double precision
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN _vector_distance('cosine', $1::real[]::double precision[], $2::real[]::double precision[]);

CREATE OPERATOR <-> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = l2_distance, COMMUTATOR = <->);
CREATE OPERATOR <+> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = l1_distance, COMMUTATOR = <+>);
CREATE OPERATOR <#> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_negative_inner_product, COMMUTATOR = <#>);
CREATE OPERATOR <=> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = cosine_distance, COMMUTATOR = <=>);

-- ---------------------------------------------------------------------------------------------
-- Arithmetic

CREATE FUNCTION _vector_arithmetic(operator text, a real[], b real[]) RETURNS vector
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF cardinality(a) <> cardinality(b) THEN
		RAISE EXCEPTION 'different vector dimensions % and %', cardinality(a), cardinality(b)
			USING ERRCODE = 'data_exception';
	END IF;
	RETURN @extschema@.array_to_vector(ARRAY(
		SELECT CASE operator WHEN '+' THEN x + y WHEN '-' THEN x - y WHEN '*' THEN x * y END
		FROM (SELECT unnest(a) AS x, unnest(b) AS y OFFSET 0) AS pairs
	), -1, false);
END $$;

CREATE FUNCTION vector_add(vector, vector) RETURNS vector
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN _vector_arithmetic('+', $1, $2);
CREATE FUNCTION vector_sub(vector, vector) RETURNS vector
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN _vector_arithmetic('-', $1, $2);
CREATE FUNCTION vector_mul(vector, vector) RETURNS vector
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN _vector_arithmetic('*', $1, $2);
CREATE FUNCTION vector_concat(vector, vector) RETURNS vector
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN array_to_vector($1::real[] || $2::real[], -1, false);

CREATE OPERATOR + (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_add, COMMUTATOR = +);
CREATE OPERATOR - (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_sub);
CREATE OPERATOR * (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_mul, COMMUTATOR = *);
CREATE OPERATOR || (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_concat);

CREATE FUNCTION vector_norm(vector) RETURNS double precision
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN (SELECT sqrt(sum(x::double precision * x)) FROM unnest($1::real[]) AS x);
END $$;

CREATE FUNCTION l2_normalize(vector) RETURNS vector
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	norm double precision := @extschema@.vector_norm($1);
BEGIN
	IF norm = 0 THEN
		RETURN $1;
	END IF;
	RETURN @extschema@.array_to_vector(ARRAY(
		SELECT @extschema@._vector_float4(x / norm)::real FROM unnest($1::real[]) AS x
	), -1, false);
END $$;

-- bounds beyond the array are cut, as in substring(); an empty slice is refused as an empty vector
CREATE FUNCTION subvector(vector, start integer, count integer) RETURNS vector
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN array_to_vector(($1::real[])[start : greatest(least(start::bigint + count - 1, 16000), 0)], -1, false);

CREATE FUNCTION binary_quantize(vector) RETURNS bit
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN (SELECT string_agg((x > 0)::integer::text, '') FROM unnest($1::real[]) AS x)::varbit;
END $$;

-- the state is the count of vectors, then the sum of each element
CREATE FUNCTION vector_accum(double precision[], vector) RETURNS double precision[]
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	sums double precision[] := $1[2:];
	elements double precision[] := $2::real[];
BEGIN
	IF $1[1] = 0 THEN
		sums := array_fill(0::double precision, ARRAY[cardinality(elements)]);
	ELSIF cardinality(sums) <> cardinality(elements) THEN
		RAISE EXCEPTION 'expected % dimensions, not %', cardinality(sums), cardinality(elements)
			USING ERRCODE = 'data_exception';
	END IF;
	RETURN ($1[1] + 1) || ARRAY(SELECT unnest(sums) + unnest(elements));
END $$;

CREATE FUNCTION vector_avg(double precision[]) RETURNS vector
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	IF $1[1] = 0 THEN
		RETURN NULL;
	END IF;
	RETURN @extschema@.array_to_vector(ARRAY(SELECT (s / $1[1])::real FROM unnest($1[2:]) AS s), -1, false);
END $$;

CREATE AGGREGATE avg(vector) (SFUNC = vector_accum, STYPE = double precision[], FINALFUNC = vector_avg, INITCOND = '{0}');
CREATE AGGREGATE sum(vector) (SFUNC = vector_add, STYPE = vector);

-- ---------------------------------------------------------------------------------------------
-- Order: that of real[]

CREATE FUNCTION vector_lt(vector, vector) RETURNS boolean
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN $1::real[] < $2::real[];
CREATE FUNCTION vector_le(vector, vector) RETURNS boolean
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN $1::real[] <= $2::real[];
CREATE FUNCTION vector_eq(vector, vector) RETURNS boolean
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN $1::real[] = $2::real[];
CREATE FUNCTION vector_ne(vector, vector) RETURNS boolean
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN $1::real[] <> $2::real[];
CREATE FUNCTION vector_ge(vector, vector) RETURNS boolean
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN $1::real[] >= $2::real[];
CREATE FUNCTION vector_gt(vector, vector) RETURNS boolean
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN $1::real[] > $2::real[];

CREATE OPERATOR < (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_lt, COMMUTATOR = >, NEGATOR = >=);
CREATE OPERATOR <= (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_le, COMMUTATOR = >=, NEGATOR = >);
CREATE OPERATOR = (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_eq, COMMUTATOR = =, NEGATOR = <>);
CREATE OPERATOR <> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_ne, COMMUTATOR = <>, NEGATOR = =);
CREATE OPERATOR >= (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_ge, COMMUTATOR = <=, NEGATOR = <);
CREATE OPERATOR > (LEFTARG = vector, RIGHTARG = vector, FUNCTION = vector_gt, COMMUTATOR = <, NEGATOR = <=);

-- PL/pgSQL, since SQL functions are not inlined here and start slower
CREATE FUNCTION vector_cmp(vector, vector) RETURNS integer
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
	RETURN btarraycmp($1::real[], $2::real[]);
END $$;

-- what DISTINCT, GROUP BY and ORDER BY look for
CREATE OPERATOR CLASS vector_ops DEFAULT FOR TYPE vector USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 vector_cmp(vector, vector);

-- ---------------------------------------------------------------------------------------------
-- Vector indexes
--
-- Hash indexes under other names. They hold no operator, so the planner never reads them and every
-- search is exact.

CREATE ACCESS METHOD hnsw TYPE INDEX HANDLER hashhandler;
CREATE ACCESS METHOD ivfflat TYPE INDEX HANDLER hashhandler;
COMMENT ON ACCESS METHOD hnsw IS 'for tests only: never searched, stand-in of pgai-testkit, not pgvector';
COMMENT ON ACCESS METHOD ivfflat IS 'for tests only: never searched, stand-in of pgai-testkit, not pgvector';

CREATE FUNCTION _vector_hash(vector) RETURNS integer
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashvarlena';

CREATE OPERATOR CLASS vector_l2_ops FOR TYPE vector USING hnsw AS FUNCTION 1 _vector_hash(vector);
CREATE OPERATOR CLASS vector_ip_ops FOR TYPE vector USING hnsw AS FUNCTION 1 _vector_hash(vector);
CREATE OPERATOR CLASS vector_cosine_ops FOR TYPE vector USING hnsw AS FUNCTION 1 _vector_hash(vector);
CREATE OPERATOR CLASS vector_l1_ops FOR TYPE vector USING hnsw AS FUNCTION 1 _vector_hash(vector);
CREATE OPERATOR CLASS vector_l2_ops DEFAULT FOR TYPE vector USING ivfflat AS FUNCTION 1 _vector_hash(vector);
CREATE OPERATOR CLASS vector_ip_ops FOR TYPE vector USING ivfflat AS FUNCTION 1 _vector_hash(vector);
CREATE OPERATOR CLASS vector_cosine_ops FOR TYPE vector USING ivfflat AS FUNCTION 1 _vector_hash(vector);

-- ---------------------------------------------------------------------------------------------
-- What is not there
--
-- It says so itself, with the way to the real pgvector. Bodies are put into the input functions as
-- above.

CREATE FUNCTION _vector_missing(what text) RETURNS void
	LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is not in the stand-in for pgvector', what USING ERRCODE = 'feature_not_supported',
		HINT = 'The stand-in of pgai-testkit is for tests only. For the real pgvector choose another server:'
			' pgai.test.server=testcontainers, or the JDBC URL of one that has it.';
END $$;

CREATE FUNCTION _vector_missing_type(what text) RETURNS integer
	LANGUAGE plpgsql AS $$
BEGIN
	PERFORM @extschema@._vector_missing('type ' || what);
END $$;

CREATE TYPE halfvec;
CREATE FUNCTION halfvec_in(cstring, oid, integer) RETURNS halfvec
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'array_in';
CREATE FUNCTION halfvec_typmod_in(cstring[]) RETURNS integer
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'varchartypmodin';
CREATE FUNCTION halfvec_out(halfvec) RETURNS cstring
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE TYPE halfvec (
	INPUT = halfvec_in, OUTPUT = halfvec_out, TYPMOD_IN = halfvec_typmod_in, STORAGE = external
);
CREATE TYPE sparsevec;
CREATE FUNCTION sparsevec_in(cstring, oid, integer) RETURNS sparsevec
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'array_in';
CREATE FUNCTION sparsevec_typmod_in(cstring[]) RETURNS integer
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'varchartypmodin';
CREATE FUNCTION sparsevec_out(sparsevec) RETURNS cstring
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE TYPE sparsevec (
	INPUT = sparsevec_in, OUTPUT = sparsevec_out, TYPMOD_IN = sparsevec_typmod_in, STORAGE = external
);
COMMENT ON TYPE halfvec IS 'for tests only: holds nothing, stand-in of pgai-testkit, not pgvector';
COMMENT ON TYPE sparsevec IS 'for tests only: holds nothing, stand-in of pgai-testkit, not pgvector';

UPDATE pg_catalog.pg_proc SET provolatile = 'v', prosrc = body,
	prolang = (SELECT oid FROM pg_catalog.pg_language WHERE lanname = 'sql')
FROM (VALUES
	('halfvec_in'::regproc, 'SELECT @extschema@._vector_missing_type(''halfvec'')::text::@extschema@.halfvec'),
	('halfvec_typmod_in'::regproc, 'SELECT @extschema@._vector_missing_type(''halfvec'')'),
	('sparsevec_in'::regproc, 'SELECT @extschema@._vector_missing_type(''sparsevec'')::text::@extschema@.sparsevec'),
	('sparsevec_typmod_in'::regproc, 'SELECT @extschema@._vector_missing_type(''sparsevec'')')
) AS input (function, body)
WHERE oid = input.function;

CREATE FUNCTION vector_to_halfvec(vector, integer, boolean) RETURNS halfvec
	LANGUAGE plpgsql STRICT AS $$ BEGIN PERFORM @extschema@._vector_missing('type halfvec'); END $$;
CREATE FUNCTION vector_to_sparsevec(vector, integer, boolean) RETURNS sparsevec
	LANGUAGE plpgsql STRICT AS $$ BEGIN PERFORM @extschema@._vector_missing('type sparsevec'); END $$;
CREATE CAST (vector AS halfvec) WITH FUNCTION vector_to_halfvec(vector, integer, boolean) AS ASSIGNMENT;
CREATE CAST (vector AS sparsevec) WITH FUNCTION vector_to_sparsevec(vector, integer, boolean) AS ASSIGNMENT;

CREATE FUNCTION hamming_distance(bit, bit) RETURNS double precision
	LANGUAGE plpgsql STRICT AS $$ BEGIN PERFORM @extschema@._vector_missing('function hamming_distance'); END $$;
CREATE FUNCTION jaccard_distance(bit, bit) RETURNS double precision
	LANGUAGE plpgsql STRICT AS $$ BEGIN PERFORM @extschema@._vector_missing('function jaccard_distance'); END $$;
CREATE OPERATOR <~> (LEFTARG = bit, RIGHTARG = bit, FUNCTION = hamming_distance, COMMUTATOR = <~>);
CREATE OPERATOR <%> (LEFTARG = bit, RIGHTARG = bit, FUNCTION = jaccard_distance, COMMUTATOR = <%>);
CREATE FUNCTION vector_l2_squared_distance(vector, vector) RETURNS double precision
	LANGUAGE plpgsql STRICT AS $$ BEGIN PERFORM @extschema@._vector_missing('function vector_l2_squared_distance'); END $$;
CREATE FUNCTION vector_spherical_distance(vector, vector) RETURNS double precision
	LANGUAGE plpgsql STRICT AS $$ BEGIN PERFORM @extschema@._vector_missing('function vector_spherical_distance'); END $$;

-- PostgreSQL's own handlers refuse the options of an index as unknown, before anything of ours is
-- asked. So the statement is looked at before it runs.
CREATE FUNCTION _vector_index_options() RETURNS event_trigger
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	statement text := regexp_replace(regexp_replace(current_query(), '--[^\n]*', '', 'g'), '/[*].*?[*]/', '', 'g');
BEGIN
	IF statement ~* '\musing\s+"?(hnsw|ivfflat)"?\s*[(][^;]*[)]\s*with\s*[(][^;)]*\m(m|ef_construction|lists)\s*=' THEN
		PERFORM @extschema@._vector_missing('an option of an hnsw or ivfflat index');
	END IF;
END $$;
CREATE EVENT TRIGGER _vector_index_options ON ddl_command_start WHEN TAG IN ('CREATE INDEX')
	EXECUTE FUNCTION _vector_index_options();
