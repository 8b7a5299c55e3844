-- Images are written in UTC whatever the session's time zone, so that they can be compared later.
ALTER FUNCTION journal_write() SET timezone = 'UTC';

-- The names of columns that two images both have and that differ. A column added or dropped since is no difference.
CREATE FUNCTION journal_differing(one jsonb, other jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(name ORDER BY name), '{}')
    FROM jsonb_object_keys(one) name
    WHERE other ? name AND one -> name IS DISTINCT FROM other -> name
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_block FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE ALL ON journal_block FROM anju_app;
GRANT SELECT, INSERT ON journal_block TO anju_app;
