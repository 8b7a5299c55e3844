-- Policy values are published papers: everybody reads them. The installation writes all, somebody else those of the own region and below.
ALTER TABLE parameters_parametervalue ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON parameters_parametervalue FOR SELECT USING (true);
CREATE POLICY write ON parameters_parametervalue FOR INSERT WITH CHECK (
    CASE WHEN (SELECT current_setting('anju.region', true)) = '*' THEN true
         ELSE starts_with(region_code, (SELECT nullif(current_setting('anju.region', true), ''))) END
);
SELECT journal_track('parameters_parametervalue');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON parameters_parametervalue
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE ALL ON parameters_parametervalue FROM anju_app;
GRANT SELECT, INSERT ON parameters_parametervalue TO anju_app;

-- Writers wait for each other, and only then a row gets its number: numbers follow the order of the commits, so the highest one names a state
-- of the whole table, and what an earlier writer wrote is seen by the later one.
CREATE FUNCTION parameters_take_turn() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(726232);
    NEW.id := nextval(pg_get_serial_sequence('parameters_parametervalue', 'id'));
    RETURN NEW;
END $$;
CREATE TRIGGER take_turn BEFORE INSERT ON parameters_parametervalue FOR EACH ROW EXECUTE FUNCTION parameters_take_turn();

-- A version supersedes one of the same parameter, region and origin; versions that hold never overlap.
CREATE FUNCTION parameters_no_overlap() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    other bigint;
BEGIN
    IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM parameters_parametervalue v
        WHERE v.id = NEW.supersedes_id AND (v.name, v.region_code, v.origin) = (NEW.name, NEW.region_code, NEW.origin) AND NOT v.voided
    ) THEN
        RAISE EXCEPTION 'parameters.supersedes_another: version % is of another parameter, region or origin', NEW.supersedes_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'parameters_supersedes_its_own';
    END IF;
    SELECT one.id INTO other
    FROM parameters_parametervalue one
    JOIN parameters_parametervalue mine ON mine.id = NEW.id
    WHERE (one.name, one.region_code, one.origin) = (NEW.name, NEW.region_code, NEW.origin)
      AND one.id <> mine.id AND NOT one.voided AND NOT mine.voided
      AND daterange(one.effective_from, one.effective_to) && daterange(mine.effective_from, mine.effective_to)
      AND NOT EXISTS (SELECT 1 FROM parameters_parametervalue later WHERE later.supersedes_id IN (one.id, mine.id))
    LIMIT 1;
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'parameters.overlap: version % overlaps version % of %', NEW.id, other, NEW.name
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'parameters_no_overlap';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER parameters_no_overlap AFTER INSERT ON parameters_parametervalue
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION parameters_no_overlap();
