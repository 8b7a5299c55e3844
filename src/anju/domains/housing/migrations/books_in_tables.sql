-- Books of former years beside what the system does: strict for the second, correctable for the first.

-- A place of a ballot is chosen in its order; a book says what was; an exchange takes a vacant home for one that was just given back.
DROP TRIGGER allocates ON housing_allocation;
CREATE TRIGGER allocates BEFORE INSERT ON housing_allocation FOR EACH ROW WHEN (NEW.way = 'ballot') EXECUTE FUNCTION housing_allocates();
CREATE FUNCTION housing_exchanges() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old housing_allocation;
BEGIN
    SELECT * INTO old FROM housing_allocation WHERE id = NEW.former_id;
    IF old.household_id <> NEW.household_id OR old.bureau_id <> NEW.bureau_id OR old.state <> 'vacated' OR old.unit_id = NEW.unit_id OR NEW.reason = '' THEN
        PERFORM housing_refuse('exchange_of_a_home_given_back', NEW.allocation_no);
    END IF;
    PERFORM 1 FROM housing_lettingunit WHERE id = NEW.unit_id FOR UPDATE;
    IF NOT EXISTS (SELECT FROM housing_lettingunit u WHERE u.id = NEW.unit_id AND u.state = 'vacant' AND u.bureau_id = NEW.bureau_id)
       OR EXISTS (
        -- A home that waits for the places of a round is theirs; one that was let by it and given back is not.
        SELECT FROM housing_roundunit r WHERE r.unit_id = NEW.unit_id AND r.open
        AND NOT EXISTS (SELECT FROM housing_allocation a WHERE a.round_id = r.round_id AND a.unit_id = r.unit_id AND a.state = 'vacated')
    ) THEN
        PERFORM housing_refuse('exchange_for_a_vacant_home', NEW.allocation_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exchanges BEFORE INSERT ON housing_allocation FOR EACH ROW WHEN (NEW.way = 'exchange') EXECUTE FUNCTION housing_exchanges();
CREATE OR REPLACE FUNCTION housing_allocation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own housing_allocation := NEW;
BEGIN
    own.state := OLD.state; own.reason := OLD.reason; own.version := OLD.version; own.updated_at := OLD.updated_at;
    IF OLD.way = 'book' THEN
        own.allocation_no := OLD.allocation_no; own.application_id := OLD.application_id; own.household_id := OLD.household_id;
        own.head := OLD.head; own.estate := OLD.estate; own.room := OLD.room; own.area := OLD.area; own.month_rent := OLD.month_rent;
        own.allocated_on := OLD.allocated_on; own.voided_at := OLD.voided_at;
    END IF;
    IF own IS DISTINCT FROM OLD THEN
        PERFORM housing_refuse('allocation_stays', OLD.allocation_no);
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER a_step ON housing_allocation;
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_allocation FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND OLD.way <> 'book') EXECUTE FUNCTION housing_step('allocation');

-- The place in the line stays, its score too.
CREATE OR REPLACE FUNCTION housing_place_in_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.entry_no, NEW.household_id, NEW.application_id, NEW.product, NEW.basis, NEW.ordered_on, NEW.score, NEW.published_until, NEW.registered_on, NEW.expires_on)
       IS DISTINCT FROM
       (OLD.entry_no, OLD.household_id, OLD.application_id, OLD.product, OLD.basis, OLD.ordered_on, OLD.score, OLD.published_until, OLD.registered_on, OLD.expires_on) THEN
        PERFORM housing_refuse('place_in_the_line_stays', OLD.entry_no);
    END IF;
    RETURN NEW;
END $$;

-- An exit that follows from a lease or an agreement stands with it; one of a book may be corrected.
CREATE FUNCTION housing_exit_of_its_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.lease_id IS NOT NULL OR OLD.agreement_id IS NOT NULL OR NEW.lease_id IS NOT NULL OR NEW.agreement_id IS NOT NULL THEN
            PERFORM housing_refuse('exit_stays', OLD.exit_no);
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.lease_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM housing_lease l WHERE l.id = NEW.lease_id AND l.household_id = NEW.household_id AND l.state = 'ended' AND l.ended_on = NEW.exited_on
    ) OR NEW.agreement_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM housing_agreement a WHERE a.id = NEW.agreement_id AND a.household_id = NEW.household_id AND a.state IN ('ended', 'cancelled')
        AND a.ended_on = NEW.exited_on
    ) THEN
        PERFORM housing_refuse('exit_of_its_record', NEW.exit_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_its_record BEFORE INSERT OR UPDATE ON housing_securityexit FOR EACH ROW EXECUTE FUNCTION housing_exit_of_its_record();

-- What was counted from the leases stays as it was counted.
CREATE FUNCTION housing_count_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM housing_refuse('count_stays', OLD.estate);
    RETURN NULL;
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON housing_occupancycount FOR EACH ROW WHEN (OLD.counted_by <> '') EXECUTE FUNCTION housing_count_stays();

-- A deposit is settled once, when the lease has ended, to the fen.
CREATE FUNCTION housing_settlement_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one housing_lease;
BEGIN
    SELECT * INTO one FROM housing_lease WHERE id = NEW.lease_id;
    IF one.state <> 'ended' OR NEW.settled_on < one.ended_on THEN
        PERFORM housing_refuse('settled_after_the_end', one.lease_no);
    END IF;
    IF EXISTS (SELECT FROM housing_lease l WHERE l.renews_id = one.id)
       OR EXISTS (SELECT FROM housing_allocation a WHERE a.former_id = one.allocation_id AND a.household_id = one.household_id) THEN
        PERFORM housing_refuse('deposit_went_on', one.lease_no);
    END IF;
    IF NEW.rent + NEW.damage + NEW.returned <> one.deposit OR NEW.receipt_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM housing_rentreceipt r WHERE r.id = NEW.receipt_id AND r.lease_id = NEW.lease_id AND r.amount = NEW.rent
    ) THEN
        PERFORM housing_refuse('settlement_adds_up', one.lease_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER adds_up BEFORE INSERT ON housing_depositsettlement FOR EACH ROW EXECUTE FUNCTION housing_settlement_adds_up();
CREATE FUNCTION housing_settlement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM housing_refuse('settlement_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON housing_depositsettlement FOR EACH STATEMENT EXECUTE FUNCTION housing_settlement_stays();
REVOKE UPDATE, DELETE, TRUNCATE ON housing_depositsettlement FROM anju_app;
REVOKE DELETE, TRUNCATE ON housing_securityexit, housing_occupancycount FROM anju_app;

-- RB-12: what a payment pays of a purchase is one tranche, of the same sum, payable; it is paid when the bank has paid.
CREATE FUNCTION housing_tranche_of_its_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM housing_payment p JOIN housing_purchasesubsidy s ON s.id = NEW.purchase_id
        WHERE p.id = NEW.payment_id AND p.kind = s.kind AND p.amount = NEW.amount AND p.resident_id_index = s.resident_id_index AND p.bureau_id = NEW.bureau_id
    ) THEN
        PERFORM housing_refuse('tranche_of_its_payment');
    END IF;
    IF NEW.state = 'paid' AND (SELECT state FROM housing_payment WHERE id = NEW.payment_id) <> 'paid'
       OR TG_OP = 'UPDATE' AND OLD.payment_id IS NOT NULL AND OLD.payment_id IS DISTINCT FROM NEW.payment_id
       AND EXISTS (SELECT FROM housing_payment p WHERE p.id = OLD.payment_id AND p.state NOT IN ('failed', 'returned')) THEN
        PERFORM housing_refuse('tranche_of_its_payment');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_its_payment BEFORE INSERT OR UPDATE ON housing_tranche FOR EACH ROW WHEN (NEW.payment_id IS NOT NULL)
    EXECUTE FUNCTION housing_tranche_of_its_payment();
CREATE OR REPLACE FUNCTION housing_payment_enters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows n JOIN housing_paymentbatch b ON b.id = n.payment_batch_id WHERE b.state <> 'draft' OR n.state <> 'waiting') THEN
        PERFORM housing_refuse('batch_is_no_draft');
    END IF;
    IF EXISTS (
        SELECT FROM new_rows n JOIN housing_payment p ON p.id = n.reissue_of_id
        WHERE p.state NOT IN ('failed', 'returned') OR p.household_id IS DISTINCT FROM n.household_id OR p.amount <> n.amount OR p.kind <> n.kind
    ) THEN
        PERFORM housing_refuse('reissue_of_a_failed_row');
    END IF;
    RETURN NULL;
END $$;
-- A draft of tranches has a tranche for every row when it is reviewed; a tranche whose row left the draft may be drafted again.
CREATE FUNCTION housing_batch_of_tranches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM housing_payment p LEFT JOIN housing_tranche t ON t.payment_id = p.id
        WHERE p.payment_batch_id = NEW.id AND (t.id IS NULL OR t.state <> 'payable')
    ) THEN
        PERFORM housing_refuse('tranche_of_its_payment', NEW.batch_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_tranches BEFORE UPDATE OF state ON housing_paymentbatch FOR EACH ROW
    WHEN (NEW.state IN ('reviewed', 'approved') AND OLD.state <> NEW.state AND NEW.kind IN ('talent_purchase', 'purchase_reward'))
    EXECUTE FUNCTION housing_batch_of_tranches();
