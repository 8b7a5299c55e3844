CREATE SEQUENCE journal_entry_number AS bigint OWNED BY journal_entry.id;
GRANT USAGE, SELECT ON SEQUENCE journal_entry_number TO anju_app;

-- Image writers. One statement of any size makes one INSERT into journal_change (statement-level, transition tables).
-- SECURITY DEFINER: the application itself may not write a change.
CREATE FUNCTION journal_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    pk text := TG_ARGV[0];
    hidden text[] := TG_ARGV[1]::text[];
    entry bigint := nullif(current_setting('anju.entry', true), '')::bigint;
    tx bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO journal_change (entry_id, transaction, "table", row, operation, before, after, region_code, bureau_id)
        SELECT entry, tx, TG_TABLE_NAME, image ->> pk, 'I', NULL, image, image ->> 'region_code', (image ->> 'bureau_id')::bigint
        FROM (SELECT to_jsonb(n) - hidden AS image FROM new_rows n) images;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO journal_change (entry_id, transaction, "table", row, operation, before, after, region_code, bureau_id)
        SELECT entry, tx, TG_TABLE_NAME, image ->> pk, 'D', image, NULL, image ->> 'region_code', (image ->> 'bureau_id')::bigint
        FROM (SELECT to_jsonb(o) - hidden AS image FROM old_rows o) images;
    ELSE
        INSERT INTO journal_change (entry_id, transaction, "table", row, operation, before, after, region_code, bureau_id)
        SELECT entry, tx, TG_TABLE_NAME, coalesce(n.image, o.image) ->> pk,
               CASE WHEN o.image IS NULL THEN 'I' WHEN n.image IS NULL THEN 'D' ELSE 'U' END,
               o.image, n.image,
               coalesce(n.image, o.image) ->> 'region_code', (coalesce(n.image, o.image) ->> 'bureau_id')::bigint
        FROM (SELECT to_jsonb(r) - hidden AS image FROM new_rows r) n
        FULL JOIN (SELECT to_jsonb(r) - hidden AS image FROM old_rows r) o ON n.image ->> pk = o.image ->> pk
        WHERE n.image IS DISTINCT FROM o.image;
    END IF;
    RETURN NULL;
END $$;

-- Begin to journal a table: three statement-level triggers and a row in journal_tracked. Safe to call again.
CREATE FUNCTION journal_track(target regclass, hidden text[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    pk text;
    name text;
BEGIN
    SELECT a.attname, c.relname INTO STRICT pk, name
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    WHERE i.indrelid = target AND i.indisprimary;
    EXECUTE format('CREATE OR REPLACE TRIGGER journal_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION journal_write(%L, %L)', target, pk, hidden);
    EXECUTE format('CREATE OR REPLACE TRIGGER journal_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION journal_write(%L, %L)', target, pk, hidden);
    EXECUTE format('CREATE OR REPLACE TRIGGER journal_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION journal_write(%L, %L)', target, pk, hidden);
    EXECUTE format('CREATE OR REPLACE TRIGGER journal_truncate BEFORE TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()', target);
    INSERT INTO journal_tracked ("table", primary_key, hidden) VALUES (name, pk, to_jsonb(hidden))
    ON CONFLICT ("table") DO UPDATE SET primary_key = excluded.primary_key, hidden = excluded.hidden;
END $$;

CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal.append_only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Append-only by trigger (for the owner too) and by privilege (for the application).
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_change FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE ALL ON journal_entry, journal_change, journal_tracked FROM anju_app;
GRANT SELECT, INSERT ON journal_entry TO anju_app;
GRANT SELECT ON journal_change, journal_tracked TO anju_app;
REVOKE EXECUTE ON FUNCTION journal_track(regclass, text[]) FROM PUBLIC;
