-- What SQL holds of the unit register. Numbers such as MK-07 are those of docs/invariants.md.

-- Unit numbers the register gives: region and a running number, never given twice.
CREATE SEQUENCE property_unit_number;

-- The transition table of 交易阶段, the same as `stages.RULES` (a test compares them).
CREATE FUNCTION property_legal(before text, event text, after text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (before, event, after) IN (
        ('initial', 'open', 'saleable'), ('initial', 'withhold', 'not_for_sale'), ('saleable', 'withhold', 'not_for_sale'),
        ('not_for_sale', 'release', 'saleable'), ('saleable', 'reserve', 'reserved'), ('reserved', 'lapse', 'saleable'),
        ('reserved', 'sign', 'signed'), ('saleable', 'sign', 'signed'), ('signed', 'file', 'filed'),
        ('signed', 'cancel', 'saleable'), ('signed', 'cancel', 'not_for_sale'),
        ('filed', 'cancel_filing', 'saleable'), ('filed', 'cancel_filing', 'not_for_sale'), ('filed', 'register', 'registered'),
        ('initial', 'close', 'not_for_sale'), ('saleable', 'close', 'not_for_sale'), ('reserved', 'close', 'not_for_sale'))
$$;

-- Restrictions under which nobody reserves, signs, files or cancels (MK-08), the same as `stages.BLOCKING`.
CREATE FUNCTION property_blocks(limits varchar[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT limits && ARRAY['seized', 'pre_seized', 'disposal', 'admin_limit', 'expropriation', 'objection']::varchar[]
$$;

-- Buildings and everything below them lie where their parent lies.
CREATE FUNCTION property_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'property_building' THEN SELECT region_code, bureau_id INTO NEW.region_code, NEW.bureau_id FROM property_project WHERE id = NEW.project_id;
        WHEN 'property_unit', 'property_survey' THEN SELECT region_code, bureau_id INTO NEW.region_code, NEW.bureau_id FROM property_building WHERE id = NEW.building_id;
        WHEN 'property_surveyedunit' THEN SELECT region_code, bureau_id INTO NEW.region_code, NEW.bureau_id FROM property_survey WHERE id = NEW.survey_id;
        WHEN 'property_restriction' THEN SELECT region_code, bureau_id INTO NEW.region_code, NEW.bureau_id FROM property_unit WHERE id = NEW.unit_id;
        WHEN 'property_lineage' THEN SELECT region_code, bureau_id INTO NEW.region_code, NEW.bureau_id FROM property_unit WHERE id = NEW.after_id;
    END CASE;
    RETURN NEW;
END $$;
CREATE TRIGGER place BEFORE INSERT ON property_building FOR EACH ROW EXECUTE FUNCTION property_place();
CREATE TRIGGER place BEFORE INSERT ON property_unit FOR EACH ROW EXECUTE FUNCTION property_place();
CREATE TRIGGER place BEFORE INSERT ON property_survey FOR EACH ROW EXECUTE FUNCTION property_place();
CREATE TRIGGER place BEFORE INSERT ON property_surveyedunit FOR EACH ROW EXECUTE FUNCTION property_place();
CREATE TRIGGER place BEFORE INSERT ON property_restriction FOR EACH ROW EXECUTE FUNCTION property_place();
CREATE TRIGGER place BEFORE INSERT ON property_lineage FOR EACH ROW EXECUTE FUNCTION property_place();

CREATE FUNCTION property_refuse(rule text, what text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: %', rule, what USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

-- A unit begins at the beginning, moves along the table, is not moved while blocked, and is never changed once it is gone.
CREATE FUNCTION property_unit_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.stage <> 'initial' OR NEW.limits <> '{}' THEN
            PERFORM property_refuse('unit_begins_initial', NEW.unit_no);
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.limits IS DISTINCT FROM OLD.limits AND pg_trigger_depth() < 2 THEN
        PERFORM property_refuse('limits_follow_restrictions', OLD.unit_no);
    END IF;
    IF (NEW.building_id, NEW.unit_no, NEW.entered_on) IS DISTINCT FROM (OLD.building_id, OLD.unit_no, OLD.entered_on) THEN
        PERFORM property_refuse('unit_keeps_its_number', OLD.unit_no);
    END IF;
    IF coalesce(OLD.removed_on, OLD.voided_at::date) IS NOT NULL AND NEW.limits IS NOT DISTINCT FROM OLD.limits THEN
        PERFORM property_refuse('unit_is_gone', OLD.unit_no);
    END IF;
    IF (NEW.removed_on IS NOT NULL AND OLD.removed_on IS NULL AND (NEW.stage IN ('reserved', 'signed', 'filed') OR property_blocks(NEW.limits)))
       OR (NEW.voided_at IS NOT NULL AND OLD.voided_at IS NULL AND (NEW.stage NOT IN ('initial', 'not_for_sale') OR NEW.limits <> '{}')) THEN
        PERFORM property_refuse('unit_still_bound', OLD.unit_no);
    END IF;
    IF NEW.stage <> OLD.stage THEN
        IF NOT property_legal(OLD.stage, NEW.stage_event, NEW.stage) THEN
            PERFORM property_refuse('illegal_transition', format('%s: %s -[%s]-> %s', OLD.unit_no, OLD.stage, NEW.stage_event, NEW.stage));
        END IF;
        IF NEW.stage_event IN ('reserve', 'sign', 'file', 'cancel', 'cancel_filing') AND property_blocks(NEW.limits) THEN
            PERFORM property_refuse('unit_blocked', OLD.unit_no);
        END IF;
        IF NEW.stage_on IS NULL THEN
            PERFORM property_refuse('stage_has_a_date', OLD.unit_no);
        END IF;
    ELSIF (NEW.stage_event, NEW.stage_document, NEW.stage_on) IS DISTINCT FROM (OLD.stage_event, OLD.stage_document, OLD.stage_on) THEN
        PERFORM property_refuse('stage_story_without_move', OLD.unit_no);
    END IF;
    NEW.version := OLD.version + 1;
    NEW.updated_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON property_unit FOR EACH ROW EXECUTE FUNCTION property_unit_guard();

-- Every move leaves its line; the application itself may not write one.
CREATE FUNCTION property_unit_story() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO property_unitevent (unit_id, event, before, after, "on", document, entry_id, region_code, bureau_id)
    SELECT n.id, n.stage_event, o.stage, n.stage, n.stage_on, n.stage_document, nullif(current_setting('anju.entry', true), '')::bigint,
           n.region_code, n.bureau_id
    FROM new_rows n JOIN old_rows o USING (id) WHERE n.stage <> o.stage ORDER BY n.id;
    RETURN NULL;
END $$;
CREATE TRIGGER story AFTER UPDATE ON property_unit REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION property_unit_story();

-- Restrictions: an earlier seizure holds the later ones back (轮候查封, MK-12); a document begins and a document ends each.
CREATE FUNCTION property_restriction_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM property_unit WHERE id = NEW.unit_id FOR UPDATE;   -- whoever signs the unit waits for us, or we for them
    IF TG_OP = 'INSERT' THEN
        NEW.effective_on := NEW.placed_on;
        IF NEW.kind IN ('seized', 'pre_seized') AND EXISTS (
            SELECT FROM property_restriction r
            WHERE r.unit_id = NEW.unit_id AND r.kind IN ('seized', 'pre_seized') AND r.lifted_on IS NULL
        ) THEN
            NEW.effective_on := NULL;
        END IF;
        IF NEW.lifted_on IS NOT NULL THEN
            PERFORM property_refuse('restriction_begins_standing', NEW.document);
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.unit_id, NEW.kind, NEW.document, NEW.authority, NEW.placed_on) IS DISTINCT FROM
       (OLD.unit_id, OLD.kind, OLD.document, OLD.authority, OLD.placed_on) OR OLD.lifted_on IS NOT NULL THEN
        PERFORM property_refuse('restriction_is_only_lifted', OLD.document);
    END IF;
    IF NEW.effective_on IS DISTINCT FROM OLD.effective_on AND pg_trigger_depth() < 2 THEN
        PERFORM property_refuse('queue_moves_by_itself', OLD.document);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON property_restriction FOR EACH ROW EXECUTE FUNCTION property_restriction_guard();

CREATE FUNCTION property_restriction_follow() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.lifted_on IS NOT NULL AND OLD.lifted_on IS NULL AND NEW.kind IN ('seized', 'pre_seized')
       AND NEW.effective_on IS NOT NULL THEN
        UPDATE property_restriction SET effective_on = NEW.lifted_on WHERE id = (
            SELECT id FROM property_restriction r
            WHERE r.unit_id = NEW.unit_id AND r.kind IN ('seized', 'pre_seized') AND r.lifted_on IS NULL
            ORDER BY r.placed_on, r.id LIMIT 1);
    END IF;
    UPDATE property_unit u SET limits = standing.kinds
    FROM (SELECT coalesce(array_agg(DISTINCT kind ORDER BY kind), '{}') AS kinds FROM property_restriction r
          WHERE r.unit_id = NEW.unit_id AND r.lifted_on IS NULL AND r.effective_on IS NOT NULL) standing
    WHERE u.id = NEW.unit_id AND u.limits IS DISTINCT FROM standing.kinds;
    RETURN NULL;
END $$;
CREATE TRIGGER follow AFTER INSERT OR UPDATE ON property_restriction FOR EACH ROW EXECUTE FUNCTION property_restriction_follow();

-- A survey's units are all there and add up to its totals within 0.01 ㎡ a unit (MK-03).
CREATE FUNCTION property_survey_adds_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found int;
    total numeric;
BEGIN
    SELECT count(*), coalesce(sum(area), 0) INTO found, total FROM property_surveyedunit WHERE survey_id = NEW.id;
    IF found <> NEW.unit_count OR abs(total - NEW.total_area) > 0.01 * found THEN
        PERFORM property_refuse('survey_adds_up', format('%s: %s units, %s', NEW.document, found, total));
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER survey_adds_up AFTER INSERT ON property_survey DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION property_survey_adds_up();

-- Merging and splitting keep the area within 0.01 ㎡ a unit and close the old units (MK-13).
CREATE FUNCTION property_lineage_adds_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before_area numeric;
    after_area numeric;
    members int;
    open_units int;
BEGIN
    SELECT sum(area), count(*), count(*) FILTER (WHERE removed_on IS NULL) INTO before_area, members, open_units FROM property_unit
    WHERE id IN (SELECT before_id FROM property_lineage WHERE CASE NEW.kind WHEN 'merge' THEN after_id = NEW.after_id ELSE before_id = NEW.before_id END);
    SELECT sum(area), members + count(*) INTO after_area, members FROM property_unit
    WHERE id IN (SELECT after_id FROM property_lineage WHERE CASE NEW.kind WHEN 'merge' THEN after_id = NEW.after_id ELSE before_id = NEW.before_id END);
    IF open_units > 0 THEN
        PERFORM property_refuse('old_units_are_closed', NEW.document);
    END IF;
    IF abs(before_area - after_area) > 0.01 * members THEN
        PERFORM property_refuse('reshaping_keeps_the_area', format('%s: %s -> %s', NEW.document, before_area, after_area));
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER lineage_adds_up AFTER INSERT ON property_lineage DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION property_lineage_adds_up();

-- The code of a unit begins with its project's parcel (MK-01).
CREATE FUNCTION property_code_fits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parcel text;
BEGIN
    SELECT p.parcel INTO parcel FROM property_building b JOIN property_project p ON p.id = b.project_id WHERE b.id = NEW.building_id;
    IF parcel <> '' AND NOT starts_with(NEW.unit_code, parcel) THEN
        PERFORM property_refuse('unit_code_on_parcel', NEW.unit_code);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER code_fits BEFORE INSERT OR UPDATE OF unit_code ON property_unit FOR EACH ROW WHEN (NEW.unit_code IS NOT NULL)
    EXECUTE FUNCTION property_code_fits();

-- Nothing of the register is ever deleted; what is history is never changed.
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON property_project FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON property_building FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON property_unit FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON property_restriction FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON property_unitevent FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON property_lineage FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON property_survey FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON property_surveyedunit FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE DELETE, TRUNCATE ON property_project, property_building, property_unit, property_restriction FROM anju_app;
REVOKE ALL ON property_unitevent, property_lineage, property_survey, property_surveyedunit FROM anju_app;
GRANT SELECT ON property_unitevent TO anju_app;
GRANT SELECT, INSERT ON property_lineage, property_survey, property_surveyedunit TO anju_app;
