-- Row-level security for one table with region_code and bureau_id, by the two settings the application makes for every request.
-- Each setting is read once per statement (a scalar sub-select), not once per row.
-- CASE and not OR: the planner takes a CASE to hold for half the rows, an OR of unknowns for one in a hundred, and then sorts a million
-- rows instead of walking an index to the first fifty.
-- nullif: after a transaction-local setting the value is '' and not null; an empty region must see nothing.
CREATE FUNCTION anju_protect(target regclass) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    seen text := $rule$
        CASE WHEN (SELECT current_setting('anju.region', true)) = '*' THEN true
             ELSE starts_with(region_code, (SELECT nullif(current_setting('anju.region', true), ''))) END
        AND CASE WHEN (SELECT nullif(current_setting('anju.bureau', true), '')) IS NULL THEN true
             ELSE bureau_id = (SELECT nullif(current_setting('anju.bureau', true), '')::bigint) END
    $rule$;
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('DROP POLICY IF EXISTS data_scope ON %s', target);
    EXECUTE format('CREATE POLICY data_scope ON %s USING (%s) WITH CHECK (%s)', target, seen, seen);
END $$;
REVOKE EXECUTE ON FUNCTION anju_protect(regclass) FROM PUBLIC;
