-- A published declaration never changes: only the owner adds one, and nobody rewrites it.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledgers_ledgerdefinition
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE ALL ON ledgers_ledgerdefinition FROM anju_app;
GRANT SELECT ON ledgers_ledgerdefinition TO anju_app;

-- The last guard of a closed period. Arguments: the ledger, and the column of its business date.
-- Writers of one ledger and bureau share a lock that closing takes alone, so a closing and a late row never pass each other.
CREATE FUNCTION ledgers_guard_period() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one bigint;
    closed date;
    touched text := CASE TG_OP WHEN 'INSERT' THEN 'SELECT * FROM new_rows'
                               WHEN 'DELETE' THEN 'SELECT * FROM old_rows'
                               ELSE 'SELECT * FROM new_rows UNION ALL SELECT * FROM old_rows' END;
BEGIN
    FOR one IN EXECUTE format('SELECT DISTINCT bureau_id FROM (%s) touched ORDER BY 1', touched) LOOP
        PERFORM pg_advisory_xact_lock_shared(hashtextextended(TG_ARGV[0] || ':' || one, 7263));
    END LOOP;
    EXECUTE format('SELECT p.until FROM ledgers_closedperiod p JOIN (%s) touched ON touched.bureau_id = p.bureau_id
                    WHERE p.ledger = $1 AND touched.%I <= p.until LIMIT 1', touched, TG_ARGV[1]) INTO closed USING TG_ARGV[0];
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'ledgers.closed: % is closed until %', TG_ARGV[0], closed
            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_period', TABLE = TG_TABLE_NAME, DETAIL = closed::text;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION ledgers_guard(target regclass, ledger text, date_column text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER closed_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION ledgers_guard_period(%L, %L)', target, ledger, date_column);
    EXECUTE format('CREATE OR REPLACE TRIGGER closed_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION ledgers_guard_period(%L, %L)', target, ledger, date_column);
    EXECUTE format('CREATE OR REPLACE TRIGGER closed_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION ledgers_guard_period(%L, %L)', target, ledger, date_column);
END $$;
REVOKE EXECUTE ON FUNCTION ledgers_guard(regclass, text, text) FROM PUBLIC;
