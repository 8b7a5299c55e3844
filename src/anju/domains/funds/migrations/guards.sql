-- PF-09: nodes go forward only, and what may be drawn under them only loosens.
CREATE FUNCTION funds_node_forward() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last funds_nodeevidence;
BEGIN
    PERFORM FROM funds_escrowbuilding WHERE id = NEW.building_id FOR NO KEY UPDATE;
    SELECT * INTO last FROM funds_nodeevidence WHERE building_id = NEW.building_id ORDER BY position DESC LIMIT 1;
    IF FOUND AND (NEW.position <= last.position OR NEW.cap_ratio < last.cap_ratio) THEN
        RAISE EXCEPTION 'funds.node_backwards: % after %', NEW.node, last.node
            USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_node_forward';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER node_forward BEFORE INSERT ON funds_nodeevidence FOR EACH ROW EXECUTE FUNCTION funds_node_forward();

-- PF-10: what is paid or promised to a payee stays within its contract. The payee's row makes two applications wait for each other.
CREATE FUNCTION funds_within_contract() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    price bigint;
    promised numeric;
BEGIN
    IF NEW.payee_id IS NULL OR NEW.state = 'returned' THEN
        RETURN NEW;
    END IF;
    SELECT contract_fen INTO price FROM funds_payee WHERE id = NEW.payee_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(coalesce(paid_fen, applied_fen)), 0) INTO promised
    FROM funds_withdrawal WHERE payee_id = NEW.payee_id AND state <> 'returned' AND voided_at IS NULL;
    IF promised > price THEN
        RAISE EXCEPTION 'funds.above_contract: % of %', promised, price
            USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_within_contract', DETAIL = (promised - price)::text;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER within_contract AFTER INSERT OR UPDATE ON funds_withdrawal FOR EACH ROW EXECUTE FUNCTION funds_within_contract();

-- GN-04: a paid row is immutable. Rows taken in from a book may be corrected as the book's verbs do.
CREATE FUNCTION funds_paid_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'paid' AND OLD.reserved_id IS NOT NULL AND to_jsonb(NEW) - '{updated_at}'::text[] <> to_jsonb(OLD) - '{updated_at}'::text[] THEN
        RAISE EXCEPTION 'funds.paid_stays: withdrawal %', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_paid_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paid_stays BEFORE UPDATE ON funds_withdrawal FOR EACH ROW EXECUTE FUNCTION funds_paid_stays();

-- PF-12: what goes back of an inflow never exceeds it; the parts of a refund are the refund.
CREATE FUNCTION funds_refund_within_inflow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    came bigint;
    contract text;
BEGIN
    SELECT amount_fen, contract_no INTO came, contract FROM funds_inflow WHERE id = NEW.inflow_id AND reversed_on IS NULL FOR NO KEY UPDATE;
    IF came IS NULL OR contract <> (SELECT contract_no FROM funds_refund WHERE id = NEW.refund_id)
       OR (SELECT sum(amount_fen) FROM funds_refundpart WHERE inflow_id = NEW.inflow_id) > came THEN
        RAISE EXCEPTION 'funds.refund_above_inflow: inflow %', NEW.inflow_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_refund_within_inflow';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refund_within_inflow AFTER INSERT OR UPDATE ON funds_refundpart FOR EACH ROW EXECUTE FUNCTION funds_refund_within_inflow();

CREATE FUNCTION funds_refund_adds_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.amount_fen <> (SELECT coalesce(sum(amount_fen), 0) FROM funds_refundpart WHERE refund_id = NEW.id) THEN
        RAISE EXCEPTION 'funds.refund_adds_up: refund %', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_refund_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER refund_adds_up AFTER INSERT ON funds_refund DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION funds_refund_adds_up();

-- PF-13: a building is released only when nothing is under way. Unattributed money of its agreement counts as under way.
CREATE FUNCTION funds_release_clean() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.released_on IS NULL OR OLD.released_on IS NOT NULL THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM funds_refund WHERE building_id = NEW.id AND state = 'applied')
       OR EXISTS (SELECT FROM funds_withdrawal WHERE building_id = NEW.id AND state IN ('applied', 'approved') AND voided_at IS NULL)
       OR EXISTS (SELECT FROM funds_courtfreeze WHERE building_id = NEW.id AND lifted_on IS NULL)
       OR EXISTS (SELECT FROM funds_inflow WHERE agreement_id = NEW.agreement_id AND building_id IS NULL AND reversed_on IS NULL) THEN
        RAISE EXCEPTION 'funds.release_not_clean: building %', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_release_clean';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER release_clean BEFORE UPDATE ON funds_escrowbuilding FOR EACH ROW EXECUTE FUNCTION funds_release_clean();

-- MF-04: the shares of a repair are its cost, over exactly the units in its scope.
CREATE FUNCTION funds_shares_add_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cost bigint;
    shared numeric;
BEGIN
    SELECT coalesce(audited_fen, budget_fen) INTO cost FROM funds_repairproject WHERE id = NEW.repair_id;
    SELECT sum(share_fen) INTO shared FROM funds_repairshare WHERE repair_id = NEW.repair_id;
    IF shared <> cost THEN
        RAISE EXCEPTION 'funds.shares_add_up: repair % shares % of %', NEW.repair_id, shared, cost
            USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_shares_add_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_add_up AFTER INSERT OR UPDATE ON funds_repairshare DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION funds_shares_add_up();

-- MF-09: payments stay within the audited amount; the second one needs acceptance.
CREATE FUNCTION funds_repair_paid() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    repair funds_repairproject;
BEGIN
    SELECT * INTO repair FROM funds_repairproject WHERE id = NEW.repair_id FOR NO KEY UPDATE;
    IF (SELECT sum(amount_fen) FROM funds_repairpayment WHERE repair_id = NEW.repair_id) > coalesce(repair.audited_fen, repair.budget_fen)
       OR (NEW.number > 1 AND (repair.accepted_on IS NULL OR repair.audited_fen IS NULL)) THEN
        RAISE EXCEPTION 'funds.repair_paid: repair %', NEW.repair_id USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_repair_paid';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER repair_paid AFTER INSERT ON funds_repairpayment FOR EACH ROW EXECUTE FUNCTION funds_repair_paid();

-- MF-12: the units' interest is the bank's interest.
CREATE FUNCTION funds_interest_adds_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.bank_fen <> (SELECT coalesce(sum(amount_fen), 0) FROM funds_unitinterest WHERE run_id = NEW.id) THEN
        RAISE EXCEPTION 'funds.interest_adds_up: run %', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'funds_interest_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER interest_adds_up AFTER INSERT ON funds_interestrun DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION funds_interest_adds_up();

-- What was approved, seen or charged stays as it was.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds_quotaversion FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds_nodeevidence FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds_gradechange FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds_refundpart FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds_repairpayment FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds_unitinterest FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON funds_loanarrival FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE DELETE ON funds_agreement, funds_escrowbuilding, funds_inflow, funds_refund, funds_withdrawal, funds_specialloan, funds_loanpayment,
    funds_fundunit, funds_fundowner, funds_repairproject, funds_repairshare, funds_interestrun FROM anju_app;
