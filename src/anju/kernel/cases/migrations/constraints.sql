-- What the database holds of casework, whatever the code forgets.

-- A row of a case belongs to the region and bureau of the case.
DO $$
DECLARE
    child text;
BEGIN
    FOREACH child IN ARRAY ARRAY['task', 'move', 'clock', 'clock_event', 'material', 'notice', 'notice_item', 'outcome', 'publicity',
                                 'objection', 'check'] LOOP
        EXECUTE format('ALTER TABLE cases_%1$s ADD CONSTRAINT %1$s_belongs FOREIGN KEY (case_id, region_code, bureau_id)
                        REFERENCES cases_case (id, region_code, bureau_id)', child);
    END LOOP;
END $$;

-- Never in two places at once: every task that is alive stands in the stage the case stands in, and none is alive when the case has ended.
ALTER TABLE cases_task ADD CONSTRAINT task_where_the_case_is FOREIGN KEY (case_id, open_place)
    REFERENCES cases_case (id, place) DEFERRABLE INITIALLY DEFERRED;

-- Two-person rule (GN-05): nobody has standing decisions on two neighbouring levels, nor twice on one. Levels 0 and 1, 2 and 3, ... meet in
-- the first index, 1 and 2, 3 and 4, ... in the second.
CREATE UNIQUE INDEX task_two_persons_even ON cases_task (case_id, decided_by, (level / 2)) WHERE standing AND decided_by IS NOT NULL AND level IS NOT NULL;
CREATE UNIQUE INDEX task_two_persons_odd ON cases_task (case_id, decided_by, ((level + 1) / 2)) WHERE standing AND decided_by IS NOT NULL AND level IS NOT NULL;

-- A case changes by a move: one step at a time, along the published table of its version (GN-13). What identifies it never changes.
CREATE FUNCTION cases_case_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.number, NEW.matter, NEW.matter_version_id, NEW.year, NEW.serial, NEW.region_code, NEW.bureau_id, NEW.received_at)
       IS DISTINCT FROM
       (OLD.id, OLD.number, OLD.matter, OLD.matter_version_id, OLD.year, OLD.serial, OLD.region_code, OLD.bureau_id, OLD.received_at) THEN
        RAISE EXCEPTION 'cases.fixed: number, matter, place and receipt of case % never change', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_fixed';
    END IF;
    IF NEW.revision <> OLD.revision + 1 THEN
        RAISE EXCEPTION 'cases.revision: case % is at move %, not %', OLD.number, OLD.revision, NEW.revision - 1
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_one_move_at_a_time';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM cases_move WHERE case_id = NEW.id AND seq = NEW.revision
                   AND from_state = OLD.state AND from_stage = OLD.stage AND to_state = NEW.state AND to_stage = NEW.stage) THEN
        RAISE EXCEPTION 'cases.unmoved: case % changed without its move %', OLD.number, NEW.revision
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_changes_by_moves';
    END IF;
    IF (NEW.state, NEW.stage) IS DISTINCT FROM (OLD.state, OLD.stage) AND NOT EXISTS (
        SELECT 1 FROM cases_road WHERE matter_version_id = NEW.matter_version_id
        AND from_state = OLD.state AND from_stage = OLD.stage AND to_state = NEW.state AND to_stage = NEW.stage) THEN
        RAISE EXCEPTION 'cases.no_road: case % may not go from % % to % %', OLD.number, OLD.state, OLD.stage, NEW.state, NEW.stage
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_follows_its_roads';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moves BEFORE UPDATE ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_case_moves();

-- Every move has been made: by the end of the transaction the case stands at it or beyond. A new case has its first move.
-- SECURITY DEFINER: looked at when the transaction ends, in whatever scope that is.
CREATE FUNCTION cases_move_made() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM cases_case WHERE id = NEW.case_id AND revision >= NEW.seq) THEN
        RAISE EXCEPTION 'cases.dangling: move % of case % was written and not made', NEW.seq, NEW.case_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'move_was_made';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER made AFTER INSERT ON cases_move DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_move_made();

CREATE FUNCTION cases_case_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM cases_move WHERE case_id = NEW.id AND seq = 1) THEN
        RAISE EXCEPTION 'cases.unmoved: case % was opened without a move', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_changes_by_moves';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER begins AFTER INSERT ON cases_case DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_case_begins();

-- A task that has ended stays as it ended; its decision may stop to stand and never stands again.
CREATE FUNCTION cases_task_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.case_id, NEW.stage, NEW.step, NEW.signer, NEW.round, NEW.placed, NEW.level, NEW.opened_at)
       IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.stage, OLD.step, OLD.signer, OLD.round, OLD.placed, OLD.level, OLD.opened_at)
       OR (OLD.status NOT IN ('open', 'waiting') AND (
           (NEW.status, NEW.decision, NEW.decided_by, NEW.holder_id, NEW.role, NEW.ended_at, NEW.finished_on, NEW.used_days)
           IS DISTINCT FROM (OLD.status, OLD.decision, OLD.decided_by, OLD.holder_id, OLD.role, OLD.ended_at, OLD.finished_on, OLD.used_days)
           OR (NEW.standing AND NOT OLD.standing))) THEN
        RAISE EXCEPTION 'cases.decided: task % of case % has ended and stays', OLD.id, OLD.case_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'task_stays_decided';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON cases_task FOR EACH ROW EXECUTE FUNCTION cases_task_stays();

-- A serial number is given out once.
CREATE FUNCTION cases_counter_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.last <= OLD.last OR (NEW.bureau_id, NEW.matter, NEW.year) IS DISTINCT FROM (OLD.bureau_id, OLD.matter, OLD.year) THEN
        RAISE EXCEPTION 'cases.counter: numbers only grow' USING ERRCODE = 'check_violation', CONSTRAINT = 'case_numbers_only_grow';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grows BEFORE UPDATE ON cases_counter FOR EACH ROW EXECUTE FUNCTION cases_counter_grows();

-- Published versions and their roads: the owner adds them, nobody rewrites them.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_matter FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_road FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE ALL ON cases_matter, cases_road FROM anju_app;
GRANT SELECT ON cases_matter, cases_road TO anju_app;

-- History is only added to, and nothing of a case is ever removed.
DO $$
DECLARE
    target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['move', 'clock_event', 'notice', 'notice_item'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_%s
                        FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()', target);
    END LOOP;
    FOREACH target IN ARRAY ARRAY['case', 'task', 'clock', 'counter', 'material', 'outcome', 'publicity', 'objection', 'check', 'delegation'] LOOP
        EXECUTE format('CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON cases_%s FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()', target);
    END LOOP;
END $$;
REVOKE ALL ON cases_move, cases_clock_event, cases_notice, cases_notice_item FROM anju_app;
GRANT SELECT, INSERT ON cases_move, cases_clock_event, cases_notice, cases_notice_item TO anju_app;
REVOKE DELETE, TRUNCATE ON cases_case, cases_task, cases_clock, cases_counter, cases_material, cases_outcome, cases_publicity,
    cases_objection, cases_check, cases_delegation FROM anju_app;
