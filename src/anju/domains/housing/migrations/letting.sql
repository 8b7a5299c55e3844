-- What constraints alone cannot say about letting public rental homes.
INSERT INTO housing_transition VALUES
    ('letting_unit', 'preparing', 'vacant'), ('letting_unit', 'vacant', 'preparing'), ('letting_unit', 'vacant', 'reserved'),
    ('letting_unit', 'reserved', 'vacant'), ('letting_unit', 'reserved', 'let'), ('letting_unit', 'let', 'repairing'),
    ('letting_unit', 'let', 'vacant'), ('letting_unit', 'vacant', 'repairing'), ('letting_unit', 'repairing', 'vacant'),
    ('letting_unit', 'preparing', 'disposed'), ('letting_unit', 'vacant', 'disposed'), ('letting_unit', 'repairing', 'disposed'),
    ('waiting', 'waiting', 'allocated'), ('waiting', 'allocated', 'waiting'), ('waiting', 'allocated', 'signed'),
    ('waiting', 'waiting', 'withdrawn'), ('waiting', 'waiting', 'cancelled'), ('waiting', 'waiting', 'expired'), ('waiting', 'allocated', 'cancelled'),
    ('round', 'draft', 'announced'), ('round', 'draft', 'cancelled'), ('round', 'announced', 'frozen'), ('round', 'announced', 'cancelled'),
    ('round', 'frozen', 'drawn'), ('round', 'frozen', 'cancelled'), ('round', 'drawn', 'choosing'), ('round', 'choosing', 'closed'),
    ('allocation', 'allocated', 'signed'), ('allocation', 'allocated', 'declined'), ('allocation', 'signed', 'vacated');
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_lettingunit FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION housing_step('letting_unit');
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_waitlistentry FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION housing_step('waiting');
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_round FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION housing_step('round');
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_allocation FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION housing_step('allocation');

-- HS-07, HS-08: an approved application of the same household, published and not objected to with effect; at most five years.
ALTER TABLE housing_waitlistentry ADD CONSTRAINT waits_five_years_at_most CHECK (expires_on <= registered_on + interval '5 years');
CREATE FUNCTION housing_waits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one housing_application;
BEGIN
    SELECT * INTO one FROM housing_application WHERE id = NEW.application_id;
    IF NEW.product <> 'public_rental' OR one.household_id <> NEW.household_id OR one.product <> NEW.product OR one.state <> 'approved' OR one.voided_at IS NOT NULL
       OR one.bureau_id <> NEW.bureau_id THEN
        PERFORM housing_refuse('waits_by_an_approved_application', NEW.entry_no);
    END IF;
    IF one.case_id IS NOT NULL AND (
        NOT EXISTS (SELECT FROM cases_publicity p WHERE p.case_id = one.case_id AND p.stopped_on IS NULL AND p.ends_on = NEW.published_until)
        OR EXISTS (
            SELECT FROM cases_objection o JOIN cases_publicity p ON p.id = o.publicity_id
            WHERE p.case_id = one.case_id AND p.ends_on = NEW.published_until AND o.outcome IN ('', 'upheld')
        )
    ) THEN
        PERFORM housing_refuse('waits_after_publicity', NEW.entry_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER waits BEFORE INSERT ON housing_waitlistentry FOR EACH ROW EXECUTE FUNCTION housing_waits();
CREATE FUNCTION housing_place_in_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.entry_no, NEW.household_id, NEW.application_id, NEW.product, NEW.basis, NEW.ordered_on, NEW.published_until, NEW.registered_on, NEW.expires_on)
       IS DISTINCT FROM
       (OLD.entry_no, OLD.household_id, OLD.application_id, OLD.product, OLD.basis, OLD.ordered_on, OLD.published_until, OLD.registered_on, OLD.expires_on) THEN
        PERFORM housing_refuse('place_in_the_line_stays', OLD.entry_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON housing_waitlistentry FOR EACH ROW EXECUTE FUNCTION housing_place_in_line_stays();

-- A plan that was announced is changed no more: neither its terms, nor its groups, nor its homes.
CREATE FUNCTION housing_plan_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    plan housing_round := NEW;
BEGIN
    plan.state := OLD.state; plan.version := OLD.version; plan.announced_on := OLD.announced_on; plan.result_until := OLD.result_until; plan.closed_on := OLD.closed_on;
    IF OLD.state = 'announced' AND OLD.bureau_commitment = '' THEN plan.bureau_commitment := ''; END IF;
    IF OLD.state = 'announced' AND OLD.witness_commitment = '' THEN plan.witness_commitment := ''; END IF;
    IF plan IS DISTINCT FROM OLD THEN
        PERFORM housing_refuse('plan_was_announced', OLD.round_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE UPDATE ON housing_round FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION housing_plan_stands();
CREATE FUNCTION housing_part_of_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number bigint := coalesce(NEW.round_id, OLD.round_id);
BEGIN
    IF (SELECT state FROM housing_round WHERE id = number) <> 'draft'
       AND NOT (TG_TABLE_NAME = 'housing_roundunit' AND TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'open' = to_jsonb(OLD) - 'open' AND NOT (to_jsonb(NEW) ->> 'open')::boolean) THEN
        PERFORM housing_refuse('plan_was_announced');
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER part BEFORE INSERT OR UPDATE OR DELETE ON housing_roundgroup FOR EACH ROW EXECUTE FUNCTION housing_part_of_plan();
CREATE TRIGGER part BEFORE INSERT OR UPDATE OR DELETE ON housing_roundunit FOR EACH ROW EXECUTE FUNCTION housing_part_of_plan();
CREATE FUNCTION housing_plan_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'announced' AND (
        NOT EXISTS (SELECT FROM housing_roundunit u WHERE u.round_id = NEW.id)
        OR NOT EXISTS (SELECT FROM housing_roundgroup g WHERE g.round_id = NEW.id AND g.priorities = '{}')
        OR EXISTS (SELECT FROM housing_roundunit u JOIN housing_lettingunit l ON l.id = u.unit_id WHERE u.round_id = NEW.id AND l.state <> 'vacant')
    ) THEN
        PERFORM housing_refuse('plan_is_whole', NEW.round_no);
    END IF;
    IF NEW.state IN ('closed', 'cancelled') THEN
        UPDATE housing_roundunit SET open = false WHERE round_id = NEW.id AND open;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER whole AFTER UPDATE OF state ON housing_round FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION housing_plan_is_whole();

-- Intentions come in time, of households that wait; their re-check changes until the pool is frozen.
CREATE FUNCTION housing_intends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    plan housing_round;
    waits housing_waitlistentry;
BEGIN
    SELECT * INTO plan FROM housing_round WHERE id = NEW.round_id FOR SHARE;
    SELECT * INTO waits FROM housing_waitlistentry WHERE id = NEW.entry_id;
    IF plan.state <> 'announced' THEN
        PERFORM housing_refuse('list_is_frozen', plan.round_no);
    END IF;
    IF TG_OP = 'INSERT' AND (NEW.registered_on > plan.intention_until OR NEW.registered_on < plan.announced_on) THEN
        PERFORM housing_refuse('intention_in_time', plan.round_no);
    END IF;
    IF TG_OP = 'INSERT' AND (waits.state <> 'waiting' OR waits.bureau_id <> plan.bureau_id OR waits.expires_on < NEW.registered_on) THEN
        PERFORM housing_refuse('only_who_waits', waits.entry_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER intends BEFORE INSERT OR UPDATE ON housing_intention FOR EACH ROW EXECUTE FUNCTION housing_intends();

-- What a ballot stands on is written once.
CREATE FUNCTION housing_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM housing_refuse('ballot_stays');
    RETURN NULL;
END $$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['housing_pool', 'housing_candidate', 'housing_draw', 'housing_place'] LOOP
        EXECUTE format('CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION housing_written_once()', name);
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM anju_app', name);
    END LOOP;
END $$;

-- HS-09: the pool is exactly those who registered, wait, and were found fit by a re-check that still holds; a line for each of them.
CREATE FUNCTION housing_pool_is_the_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    plan housing_round;
    day date := (NEW.frozen_at AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
    SELECT * INTO plan FROM housing_round WHERE id = NEW.round_id;
    IF encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') <> NEW.digest THEN
        PERFORM housing_refuse('digest_of_the_list', plan.round_no);
    END IF;
    IF day <= plan.intention_until OR day >= coalesce(plan.event_on, 'infinity')
       OR plan.seed_kind = 'commitments' AND (length(plan.bureau_commitment) <> 64 OR length(plan.witness_commitment) <> 64) THEN
        PERFORM housing_refuse('frozen_before_the_seed', plan.round_no);
    END IF;
    IF EXISTS (SELECT FROM housing_intention i WHERE i.round_id = NEW.round_id AND i.recheck = 'pending')
       OR EXISTS (SELECT FROM housing_intention i WHERE i.round_id = NEW.round_id AND i.recheck = 'fit' AND i.valid_until < day) THEN
        PERFORM housing_refuse('everybody_is_rechecked', plan.round_no);
    END IF;
    IF EXISTS (
        (SELECT i.id FROM housing_intention i JOIN housing_waitlistentry w ON w.id = i.entry_id
         WHERE i.round_id = NEW.round_id AND i.recheck = 'fit' AND w.state = 'waiting' AND w.expires_on >= day
         EXCEPT ALL SELECT c.intention_id FROM housing_candidate c WHERE c.pool_id = NEW.id)
        UNION ALL
        (SELECT c.intention_id FROM housing_candidate c WHERE c.pool_id = NEW.id
         EXCEPT ALL SELECT i.id FROM housing_intention i JOIN housing_waitlistentry w ON w.id = i.entry_id
         WHERE i.round_id = NEW.round_id AND i.recheck = 'fit' AND w.state = 'waiting' AND w.expires_on >= day)
    ) OR NEW.candidates <> (SELECT count(*) FROM housing_candidate c WHERE c.pool_id = NEW.id) THEN
        PERFORM housing_refuse('list_is_the_fit', plan.round_no);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_the_fit AFTER INSERT ON housing_pool DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION housing_pool_is_the_fit();
CREATE FUNCTION housing_candidate_enters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows n JOIN housing_pool p ON p.id = n.pool_id JOIN housing_round r ON r.id = p.round_id WHERE r.state <> 'announced') THEN
        PERFORM housing_refuse('list_is_frozen');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER enters AFTER INSERT ON housing_candidate REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION housing_candidate_enters();

-- HS-09, HS-10: the places are a permutation of the pool, one group after the other; drawn after the event.
CREATE FUNCTION housing_draw_is_a_permutation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    list housing_pool;
    plan housing_round;
BEGIN
    SELECT * INTO list FROM housing_pool WHERE id = NEW.pool_id;
    SELECT * INTO plan FROM housing_round WHERE id = list.round_id;
    IF encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') <> NEW.digest THEN
        PERFORM housing_refuse('digest_of_the_list', plan.round_no);
    END IF;
    IF (NEW.drawn_at AT TIME ZONE 'Asia/Shanghai')::date < coalesce(plan.event_on, '-infinity') OR NEW.drawn_at <= list.frozen_at THEN
        PERFORM housing_refuse('drawn_after_the_event', plan.round_no);
    END IF;
    IF (SELECT count(*) <> list.candidates OR min(position) <> 1 OR max(position) <> list.candidates OR count(*) FILTER (WHERE c.pool_id <> list.id) > 0
        FROM housing_place p JOIN housing_candidate c ON c.id = p.candidate_id WHERE p.draw_id = NEW.id)
       OR EXISTS (
        SELECT FROM (SELECT c."group", lag(c."group") OVER (ORDER BY p.position) AS before FROM housing_place p JOIN housing_candidate c ON c.id = p.candidate_id
                     WHERE p.draw_id = NEW.id) s WHERE s."group" < s.before
    ) THEN
        PERFORM housing_refuse('result_is_a_permutation', plan.round_no);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER is_a_permutation AFTER INSERT ON housing_draw DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION housing_draw_is_a_permutation();
CREATE FUNCTION housing_place_enters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM new_rows n JOIN housing_draw d ON d.id = n.draw_id JOIN housing_pool p ON p.id = d.pool_id JOIN housing_round r ON r.id = p.round_id
        WHERE r.state <> 'frozen'
    ) THEN
        PERFORM housing_refuse('ballot_stays');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER enters AFTER INSERT ON housing_place REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION housing_place_enters();

-- HS-11, HS-12: who is before in the order was heard before; the home is vacant, in the plan, and not too high for the group.
CREATE FUNCTION housing_allocates() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine integer;
    most smallint;
BEGIN
    IF (SELECT state FROM housing_round WHERE id = NEW.round_id FOR UPDATE) <> 'choosing' THEN
        PERFORM housing_refuse('choosing_is_open', NEW.allocation_no);
    END IF;
    SELECT p.position, g.floor_most INTO mine, most
    FROM housing_place p JOIN housing_candidate c ON c.id = p.candidate_id JOIN housing_intention i ON i.id = c.intention_id
    JOIN housing_waitlistentry w ON w.id = i.entry_id
    JOIN housing_roundgroup g ON g.round_id = i.round_id AND g.ordinal = c."group"
    WHERE p.id = NEW.place_id AND i.round_id = NEW.round_id AND w.id = NEW.entry_id AND w.household_id = NEW.household_id;
    IF mine IS NULL THEN
        PERFORM housing_refuse('allocation_of_its_place', NEW.allocation_no);
    END IF;
    IF (SELECT count(*) FROM housing_allocation a JOIN housing_place p ON p.id = a.place_id JOIN housing_place m ON m.id = NEW.place_id AND m.draw_id = p.draw_id
        WHERE p.position < mine) < mine - 1 THEN
        PERFORM housing_refuse('order_of_the_ballot', NEW.allocation_no);
    END IF;
    IF NEW.unit_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM housing_roundunit u JOIN housing_lettingunit l ON l.id = u.unit_id
        WHERE u.round_id = NEW.round_id AND u.unit_id = NEW.unit_id AND u.open AND l.state = 'vacant' AND l.floor <= coalesce(most, 999)
    ) THEN
        PERFORM housing_refuse('home_of_the_plan', NEW.allocation_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER allocates BEFORE INSERT ON housing_allocation FOR EACH ROW EXECUTE FUNCTION housing_allocates();
CREATE FUNCTION housing_allocation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own housing_allocation := NEW;
BEGIN
    own.state := OLD.state; own.reason := OLD.reason;
    IF own IS DISTINCT FROM OLD THEN
        PERFORM housing_refuse('allocation_stays', OLD.allocation_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON housing_allocation FOR EACH ROW EXECUTE FUNCTION housing_allocation_stays();
-- The home follows what became of it.
CREATE FUNCTION housing_home_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.unit_id IS NOT NULL THEN
        UPDATE housing_lettingunit SET state = CASE NEW.state WHEN 'allocated' THEN 'reserved' WHEN 'signed' THEN 'let' WHEN 'declined' THEN 'vacant' ELSE state END
        WHERE id = NEW.unit_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER home_follows AFTER INSERT OR UPDATE OF state ON housing_allocation FOR EACH ROW EXECUTE FUNCTION housing_home_follows();
