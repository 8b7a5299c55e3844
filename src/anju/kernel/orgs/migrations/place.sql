-- Departments, staff and held roles carry the region and bureau they belong to, so that one policy fits every table.
-- SECURITY DEFINER: the place is read whether or not the writer may see it; the policy then judges the row.
CREATE FUNCTION orgs_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'orgs_staffrole' THEN
        SELECT region_code, bureau_id INTO NEW.region_code, NEW.bureau_id FROM orgs_staff WHERE id = NEW.staff_id;
    ELSE
        SELECT region_code INTO NEW.region_code FROM orgs_bureau WHERE id = NEW.bureau_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER place BEFORE INSERT OR UPDATE ON orgs_department FOR EACH ROW EXECUTE FUNCTION orgs_place();
CREATE TRIGGER place BEFORE INSERT OR UPDATE ON orgs_staff FOR EACH ROW EXECUTE FUNCTION orgs_place();
CREATE TRIGGER place BEFORE INSERT OR UPDATE ON orgs_staffrole FOR EACH ROW EXECUTE FUNCTION orgs_place();

-- Shared reference data: everybody reads it, only the installation itself writes it.
CREATE FUNCTION anju_protect_reference(target regclass) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    installation text := '(SELECT current_setting(''anju.region'', true)) = ''*''';
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY read ON %s FOR SELECT USING (true)', target);
    EXECUTE format('CREATE POLICY write ON %s USING (%s) WITH CHECK (%s)', target, installation, installation);
END $$;
REVOKE EXECUTE ON FUNCTION anju_protect_reference(regclass) FROM PUBLIC;

-- A sign-in is as visible as the post it belongs to; one without a post belongs to the installation. The pages that sign people in see all.
CREATE FUNCTION anju_protect_by_user(target regclass, user_column name) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    seen text := format('(SELECT current_setting(''anju.region'', true)) IN (''*'', ''sign-in'') OR %I IN (SELECT user_id FROM orgs_staff)',
                        user_column);
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY data_scope ON %s USING (%s) WITH CHECK (%s)', target, seen, seen);
END $$;
REVOKE EXECUTE ON FUNCTION anju_protect_by_user(regclass, name) FROM PUBLIC;

-- 三员分立: nobody holds two of the system, security and audit duties; whoever audits holds nothing else.
CREATE FUNCTION orgs_duties_apart() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    person bigint;
    duties int;
    audits bool;
    held int;
BEGIN
    FOR person IN
        SELECT id FROM orgs_staff
        WHERE CASE WHEN TG_TABLE_NAME = 'orgs_staffrole' THEN id = (to_jsonb(NEW) ->> 'staff_id')::bigint
                   ELSE id IN (SELECT staff_id FROM orgs_staffrole WHERE role_id = to_jsonb(NEW) ->> 'code') END
        ORDER BY id FOR UPDATE                     -- two grants to one person wait for each other
    LOOP
        SELECT count(DISTINCT r.duty) FILTER (WHERE r.duty <> ''), coalesce(bool_or(r.duty = 'audit'), false), count(*)
        INTO duties, audits, held
        FROM orgs_staffrole s JOIN orgs_role r ON r.code = s.role_id WHERE s.staff_id = person;
        IF duties > 1 OR (audits AND held > 1) THEN
            RAISE EXCEPTION 'orgs.duties_apart: staff % would combine duties that must stay apart', person
                USING ERRCODE = 'check_violation', CONSTRAINT = 'duties_apart';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER duties_apart AFTER INSERT OR UPDATE ON orgs_staffrole FOR EACH ROW EXECUTE FUNCTION orgs_duties_apart();
CREATE CONSTRAINT TRIGGER duties_apart AFTER UPDATE ON orgs_role FOR EACH ROW EXECUTE FUNCTION orgs_duties_apart();

SELECT anju_protect('orgs_bureau');
SELECT anju_protect('orgs_department');
SELECT anju_protect('orgs_staff');
SELECT anju_protect('orgs_staffrole');
SELECT anju_protect_reference('orgs_region');
SELECT anju_protect_reference('orgs_role');
SELECT anju_protect_by_user('orgs_user', 'id');
