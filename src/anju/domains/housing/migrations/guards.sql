-- What constraints alone cannot say about the money of housing security. Every refusal names a constraint; refusals.py says it kindly.
CREATE FUNCTION housing_refuse(name text, detail text DEFAULT '') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'housing.%: %', name, detail USING ERRCODE = 'check_violation', CONSTRAINT = name, DETAIL = detail;
END $$;

-- GN-13: states move only along this table; whoever comes second finds the state changed and is refused.
CREATE TABLE housing_transition (object text NOT NULL, before text NOT NULL, after text NOT NULL, PRIMARY KEY (object, before, after));
INSERT INTO housing_transition VALUES
    ('payment_batch', 'draft', 'reviewed'), ('payment_batch', 'draft', 'cancelled'),
    ('payment_batch', 'reviewed', 'approved'), ('payment_batch', 'reviewed', 'draft'),
    ('payment_batch', 'approved', 'sent'), ('payment_batch', 'approved', 'draft'),
    ('payment_batch', 'sent', 'paid'), ('payment_batch', 'sent', 'partly_failed'),
    ('payment_batch', 'paid', 'closed'), ('payment_batch', 'partly_failed', 'closed'),
    ('agreement', 'active', 'suspended'), ('agreement', 'suspended', 'active'), ('agreement', 'active', 'ended'),
    ('agreement', 'active', 'cancelled'), ('agreement', 'suspended', 'cancelled'), ('agreement', 'suspended', 'ended'),
    ('application', 'submitted', 'accepted'), ('application', 'submitted', 'refused'), ('application', 'submitted', 'withdrawn'),
    ('application', 'accepted', 'approved'), ('application', 'accepted', 'refused'), ('application', 'accepted', 'withdrawn'),
    ('purchase', 'reviewing', 'approved'), ('purchase', 'reviewing', 'refused'), ('purchase', 'approved', 'paid'),
    ('tranche', 'pending', 'payable'), ('tranche', 'payable', 'paid'), ('tranche', 'pending', 'waived'), ('tranche', 'pending', 'stopped'),
    ('tranche', 'payable', 'stopped'), ('tranche', 'payable', 'pending'), ('tranche', 'payable', 'waived');
REVOKE ALL ON housing_transition FROM anju_app;
GRANT SELECT ON housing_transition TO anju_app;

CREATE FUNCTION housing_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM housing_transition t WHERE t.object = TG_ARGV[0] AND t.before = OLD.state AND t.after = NEW.state) THEN
        PERFORM housing_refuse('illegal_transition', OLD.state || ' -> ' || NEW.state);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_paymentbatch FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION housing_step('payment_batch');
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_agreement FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION housing_step('agreement');
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_tranche FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION housing_step('tranche');
-- A book of former years may be corrected; what a case carries moves step by step.
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_application FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.case_id IS NOT NULL) EXECUTE FUNCTION housing_step('application');
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_purchasesubsidy FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.case_id IS NOT NULL) EXECUTE FUNCTION housing_step('purchase');

-- HS-01: nothing is accepted before every adult member has authorised the checks.
CREATE FUNCTION housing_authorised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM housing_member m WHERE m.household_id = NEW.household_id AND m.left_on IS NULL
        AND m.born_on <= coalesce(NEW.accepted_on, NEW.applied_on) - interval '18 years'
        AND (m.authorised_on IS NULL OR m.authorised_on > coalesce(NEW.accepted_on, NEW.applied_on))
    ) THEN
        PERFORM housing_refuse('every_adult_authorises', NEW.application_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER authorised BEFORE INSERT OR UPDATE OF state ON housing_application FOR EACH ROW
    WHEN (NEW.case_id IS NOT NULL AND NEW.state IN ('accepted', 'approved')) EXECUTE FUNCTION housing_authorised();

-- RB-14: the money goes to the applicant or to a member who authorised.
CREATE FUNCTION housing_holder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM housing_member m WHERE m.id = NEW.holder_id AND m.household_id = NEW.household_id AND m.left_on IS NULL
        AND (m.relation = 'applicant' OR m.authorised_on IS NOT NULL)
    ) THEN
        PERFORM housing_refuse('account_of_the_household', NEW.agreement_no);
    END IF;
    IF NEW.from_month < date_trunc('month', NEW.tenancy_from) OR NEW.to_month > NEW.tenancy_to THEN
        PERFORM housing_refuse('agreement_within_tenancy', NEW.agreement_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER holder BEFORE INSERT OR UPDATE OF holder_id, from_month, to_month, tenancy_from, tenancy_to ON housing_agreement
    FOR EACH ROW EXECUTE FUNCTION housing_holder();

-- Tiers of a household never overlap.
CREATE FUNCTION housing_one_tier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM housing_tierperiod t WHERE t.household_id = NEW.household_id AND t.id <> NEW.id
        AND daterange(t.from_month, t.to_month) && daterange(NEW.from_month, NEW.to_month)
    ) THEN
        PERFORM housing_refuse('one_tier_at_a_time');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER one_tier AFTER INSERT OR UPDATE ON housing_tierperiod DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION housing_one_tier();

-- RB-05: a month is paid only inside the agreement and the tenancy and before the stop; to the household of the agreement.
CREATE FUNCTION housing_month_covered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong text;
BEGIN
    SELECT a.agreement_no || ' ' || to_char(n.month, 'YYYY-MM') INTO wrong
    FROM new_rows n JOIN housing_agreement a ON a.id = n.agreement_id
    WHERE a.household_id <> n.household_id OR n.month < a.from_month OR n.month > a.to_month OR n.month >= coalesce(a.unpaid_from, 'infinity')
       OR n.month > a.tenancy_to OR (n.month + interval '1 month' - interval '1 day')::date < a.tenancy_from
    LIMIT 1;
    IF wrong IS NOT NULL THEN
        PERFORM housing_refuse('month_outside_agreement', wrong);
    END IF;
    SELECT p.payment_no INTO wrong FROM new_rows n JOIN housing_payment p ON p.id = n.payment_id
    WHERE p.household_id <> n.household_id OR p.kind <> n.form OR p.agreement_id IS DISTINCT FROM n.agreement_id LIMIT 1;
    IF wrong IS NOT NULL THEN
        PERFORM housing_refuse('month_of_its_payment', wrong);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER covered AFTER INSERT ON housing_benefitmonth REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION housing_month_covered();
CREATE FUNCTION housing_month_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM housing_refuse('month_is_taken_or_given_back');
    RETURN NULL;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON housing_benefitmonth FOR EACH STATEMENT EXECUTE FUNCTION housing_month_stays();
-- A month of a payment that waits or was paid is given back only with the payment.
CREATE FUNCTION housing_month_given_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM housing_payment p WHERE p.id = OLD.payment_id AND p.voided_at IS NULL AND (p.state = 'paid'
        OR p.state = 'waiting' AND EXISTS (SELECT FROM housing_paymentbatch b WHERE b.id = p.payment_batch_id AND b.state <> 'draft'))
    ) THEN
        PERFORM housing_refuse('month_is_taken_or_given_back', to_char(OLD.month, 'YYYY-MM'));
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER given_back BEFORE DELETE ON housing_benefitmonth FOR EACH ROW EXECUTE FUNCTION housing_month_given_back();

-- GN-04, GN-13: rows enter and leave a batch while it is a draft; then only the bank's answer is written, once.
CREATE FUNCTION housing_payment_enters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows n JOIN housing_paymentbatch b ON b.id = n.payment_batch_id WHERE b.state <> 'draft' OR n.state <> 'waiting') THEN
        PERFORM housing_refuse('batch_is_no_draft');
    END IF;
    IF EXISTS (
        SELECT FROM new_rows n JOIN housing_payment p ON p.id = n.reissue_of_id
        WHERE p.state NOT IN ('failed', 'returned') OR p.household_id <> n.household_id OR p.amount <> n.amount OR p.kind <> n.kind
    ) THEN
        PERFORM housing_refuse('reissue_of_a_failed_row');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER enters AFTER INSERT ON housing_payment REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION housing_payment_enters();

CREATE FUNCTION housing_payment_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own housing_payment := NEW;
    batch_state text;
BEGIN
    own.voided_at := OLD.voided_at; own.updated_at := OLD.updated_at; own.version := OLD.version;
    -- A cell under another key is the same value when its index is; the generated index itself is not known yet.
    own.resident_id_index := OLD.resident_id_index; own.account_index := OLD.account_index;
    IF substring(NEW.resident_id from 4 for 16) = OLD.resident_id_index THEN own.resident_id := OLD.resident_id; END IF;
    IF substring(NEW.account from 4 for 16) = OLD.account_index THEN own.account := OLD.account; END IF;
    IF OLD.state <> 'waiting' THEN
        IF own IS DISTINCT FROM OLD OR NEW.voided_at IS DISTINCT FROM OLD.voided_at AND (OLD.payment_batch_id IS NOT NULL OR NEW.voided_at IS NULL) THEN
            PERFORM housing_refuse('settled_payment_stays', OLD.payment_no);
        END IF;
        RETURN NEW;
    END IF;
    SELECT state INTO batch_state FROM housing_paymentbatch WHERE id = OLD.payment_batch_id;
    IF batch_state IS NULL OR batch_state = 'draft' THEN
        RETURN NEW;
    END IF;
    own.state := OLD.state; own.settled_on := OLD.settled_on; own.failure := OLD.failure;
    IF own IS DISTINCT FROM OLD OR NEW.state <> OLD.state AND batch_state <> 'sent' OR NEW.voided_at IS NOT NULL THEN
        PERFORM housing_refuse('batch_is_no_draft', OLD.payment_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER changes BEFORE UPDATE ON housing_payment FOR EACH ROW EXECUTE FUNCTION housing_payment_changes();
CREATE FUNCTION housing_payment_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'waiting' OR NOT EXISTS (SELECT FROM housing_paymentbatch b WHERE b.id = OLD.payment_batch_id AND b.state = 'draft') THEN
        PERFORM housing_refuse('settled_payment_stays', OLD.payment_no);
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER leaves BEFORE DELETE ON housing_payment FOR EACH ROW EXECUTE FUNCTION housing_payment_leaves();
-- What the bank refused or got back, and what was entered by mistake, takes no month.
CREATE FUNCTION housing_payment_gives_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM housing_benefitmonth m USING new_rows n JOIN old_rows o ON o.id = n.id
    WHERE m.payment_id = n.id AND (n.state IN ('failed', 'returned') OR n.voided_at IS NOT NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER gives_back AFTER UPDATE ON housing_payment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION housing_payment_gives_back();

-- RB-03 for a row that came without a batch: it holds as many months as it pays.
CREATE FUNCTION housing_payment_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM housing_payment p WHERE p.id = NEW.id AND p.state = 'paid' AND p.voided_at IS NULL AND p.months IS NOT NULL
        AND p.months <> (SELECT count(*) FROM housing_benefitmonth m WHERE m.payment_id = p.id)
    ) THEN
        PERFORM housing_refuse('payment_holds_its_months', NEW.payment_no);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER holds AFTER INSERT ON housing_payment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.payment_batch_id IS NULL AND NEW.kind IN ('rent_subsidy', 'new_worker')) EXECUTE FUNCTION housing_payment_holds();

-- GN-03, RB-03, RB-08, RB-09: what must hold when a batch goes on.
CREATE FUNCTION housing_batch_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    counted bigint;
    summed bigint;
    failed bigint;
    allowed bigint;
    spent bigint;
BEGIN
    IF (NEW.kind, NEW.period, NEW.year, NEW.budget_id, NEW.supplements_id, NEW.drafted_by, NEW.batch_no)
       IS DISTINCT FROM (OLD.kind, OLD.period, OLD.year, OLD.budget_id, OLD.supplements_id, OLD.drafted_by, OLD.batch_no)
       AND OLD.state <> 'draft' THEN
        PERFORM housing_refuse('batch_is_no_draft', OLD.batch_no);
    END IF;
    IF OLD.state = NEW.state THEN
        RETURN NEW;
    END IF;
    SELECT count(*), coalesce(sum(amount), 0) INTO counted, summed FROM housing_payment WHERE payment_batch_id = NEW.id;
    IF NEW.state = 'cancelled' AND counted > 0 THEN
        PERFORM housing_refuse('cancelled_batch_is_empty', NEW.batch_no);
    END IF;
    IF NEW.state NOT IN ('draft', 'cancelled') AND (NEW.rows, NEW.total) IS DISTINCT FROM (counted, summed) THEN
        PERFORM housing_refuse('batch_total', NEW.batch_no);
    END IF;
    IF NEW.state = 'reviewed' AND EXISTS (
        SELECT FROM housing_payment p LEFT JOIN housing_benefitmonth m ON m.payment_id = p.id
        WHERE p.payment_batch_id = NEW.id AND p.kind IN ('rent_subsidy', 'new_worker') GROUP BY p.id HAVING count(m.id) IS DISTINCT FROM p.months::bigint
    ) THEN
        PERFORM housing_refuse('payment_holds_its_months', NEW.batch_no);
    END IF;
    IF NEW.state = 'approved' THEN
        IF NEW.approved_on > make_date(NEW.year, 12, 25) AND NEW.late_reason = '' THEN
            PERFORM housing_refuse('year_end_needs_a_reason', NEW.batch_no);
        END IF;
        SELECT amount INTO allowed FROM housing_budget WHERE id = NEW.budget_id FOR UPDATE;
        SELECT coalesce(sum(coalesce(paid_total, total)), 0) INTO spent FROM housing_paymentbatch
        WHERE budget_id = NEW.budget_id AND id <> NEW.id AND state IN ('approved', 'sent', 'paid', 'partly_failed', 'closed');
        IF allowed IS NULL OR spent + NEW.total > allowed THEN
            PERFORM housing_refuse('batch_within_budget', (coalesce(allowed, 0) - spent)::text);
        END IF;
    END IF;
    IF NEW.state IN ('paid', 'partly_failed') THEN
        SELECT count(*) FILTER (WHERE state <> 'paid'), coalesce(sum(amount) FILTER (WHERE state = 'paid'), 0) INTO failed, summed
        FROM housing_payment WHERE payment_batch_id = NEW.id;
        IF EXISTS (SELECT FROM housing_payment WHERE payment_batch_id = NEW.id AND state = 'waiting')
           OR (NEW.state = 'paid') IS DISTINCT FROM (failed = 0) OR NEW.paid_total IS DISTINCT FROM summed THEN
            PERFORM housing_refuse('batch_is_answered', NEW.batch_no);
        END IF;
    END IF;
    IF NEW.state = 'closed' AND NEW.close_reason = '' AND EXISTS (
        SELECT FROM housing_payment p WHERE p.payment_batch_id = NEW.id AND p.state = 'failed'
        AND NOT EXISTS (SELECT FROM housing_payment r WHERE r.reissue_of_id = p.id)
    ) THEN
        PERFORM housing_refuse('failed_rows_are_settled', NEW.batch_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER goes_on BEFORE UPDATE ON housing_paymentbatch FOR EACH ROW EXECUTE FUNCTION housing_batch_goes_on();

-- RB-12: tranches add up to the subsidy and follow one another.
CREATE FUNCTION housing_tranches_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one bigint := CASE TG_TABLE_NAME WHEN 'housing_tranche' THEN (to_jsonb(NEW) ->> 'purchase_id')::bigint ELSE (to_jsonb(NEW) ->> 'id')::bigint END;
BEGIN
    IF EXISTS (
        SELECT FROM housing_purchasesubsidy p WHERE p.id = one AND p.state IN ('approved', 'paid') AND p.voided_at IS NULL
        AND p.amount <> (SELECT coalesce(sum(t.amount), 0) FROM housing_tranche t WHERE t.purchase_id = p.id)
    ) THEN
        PERFORM housing_refuse('tranches_add_up');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER add_up AFTER INSERT OR UPDATE ON housing_tranche DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION housing_tranches_add_up();
CREATE CONSTRAINT TRIGGER add_up AFTER INSERT OR UPDATE ON housing_purchasesubsidy DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION housing_tranches_add_up();
CREATE FUNCTION housing_tranche_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM housing_tranche t WHERE t.purchase_id = NEW.purchase_id AND t.ordinal < NEW.ordinal AND t.state NOT IN ('paid', 'waived')
    ) THEN
        PERFORM housing_refuse('tranches_in_order');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_order BEFORE INSERT OR UPDATE OF state ON housing_tranche FOR EACH ROW
    WHEN (NEW.state IN ('payable', 'paid')) EXECUTE FUNCTION housing_tranche_in_order();

-- Decisions and what they stand on stay as they were made.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON housing_ruleversion FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON housing_subsidyrun FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON housing_subsidyrunrow FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON housing_bankfile FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON housing_bankresult FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE FUNCTION housing_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own housing_decision := NEW;
BEGIN
    own.voided_at := OLD.voided_at; own.updated_at := OLD.updated_at; own.version := OLD.version;
    IF own IS DISTINCT FROM OLD OR OLD.voided_at IS NOT NULL OR OLD.rule_id IS NOT NULL THEN
        PERFORM housing_refuse('decision_stays', OLD.decision_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON housing_decision FOR EACH ROW EXECUTE FUNCTION housing_decision_stays();

-- Nothing is deleted but a month that is given back and a row that leaves a draft.
REVOKE DELETE, TRUNCATE ON housing_household, housing_member, housing_tierperiod, housing_prioritygroup, housing_sanction, housing_income,
    housing_asset, housing_holding, housing_application, housing_agreement, housing_budget, housing_paymentbatch, housing_ruleversion,
    housing_decision, housing_subsidyrun, housing_subsidyrunrow, housing_bankfile, housing_bankresult, housing_purchasesubsidy, housing_tranche,
    housing_recognitionletter, housing_recognisedunit FROM anju_app;
REVOKE UPDATE ON housing_ruleversion, housing_subsidyrun, housing_subsidyrunrow, housing_bankfile, housing_bankresult FROM anju_app;
