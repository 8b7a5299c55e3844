-- What constraints alone cannot say about leases and rent.
INSERT INTO housing_transition VALUES
    ('lease', 'active', 'moving'), ('lease', 'active', 'ended'), ('lease', 'moving', 'ended'), ('lease', 'moving', 'active'),
    ('renewal', 'asked', 'granted'), ('renewal', 'asked', 'refused');
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_lease FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION housing_step('lease');
CREATE TRIGGER a_step BEFORE UPDATE OF state ON housing_renewal FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION housing_step('renewal');

-- HS-13: at most five years, not before the choice, on no day beside another lease of the same home.
ALTER TABLE housing_lease ADD CONSTRAINT lease_five_years_at_most CHECK (ends_on < starts_on + interval '5 years');
CREATE FUNCTION housing_lease_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    chosen housing_allocation;
    own housing_lease := NEW;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        own.filed_on := OLD.filed_on; own.state := OLD.state; own.ground := OLD.ground; own.ground_text := OLD.ground_text;
        own.notice_on := OLD.notice_on; own.move_by := OLD.move_by; own.ended_on := OLD.ended_on; own.version := OLD.version;
        IF own IS DISTINCT FROM OLD THEN
            PERFORM housing_refuse('lease_stays', OLD.lease_no);
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO chosen FROM housing_allocation WHERE id = NEW.allocation_id;
    IF chosen.unit_id IS DISTINCT FROM NEW.unit_id OR chosen.household_id <> NEW.household_id OR chosen.state NOT IN ('allocated', 'signed')
       OR chosen.state = 'signed' AND NEW.renews_id IS NULL OR NEW.starts_on < chosen.allocated_on THEN
        PERFORM housing_refuse('lease_of_its_allocation', NEW.lease_no);
    END IF;
    IF NOT EXISTS (SELECT FROM housing_member m WHERE m.id = NEW.tenant_id AND m.household_id = NEW.household_id AND m.left_on IS NULL) THEN
        PERFORM housing_refuse('tenant_of_the_household', NEW.lease_no);
    END IF;
    PERFORM 1 FROM housing_lettingunit WHERE id = NEW.unit_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM housing_lease o WHERE o.unit_id = NEW.unit_id
        AND daterange(o.starts_on, coalesce(o.ended_on, greatest(o.ends_on, o.move_by)), '[]') && daterange(NEW.starts_on, NEW.ends_on, '[]')
    ) THEN
        PERFORM housing_refuse('leases_do_not_overlap', NEW.lease_no);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE INSERT OR UPDATE ON housing_lease FOR EACH ROW EXECUTE FUNCTION housing_lease_stands();

-- Bills, receipts and shares are written once; a share never pays more than its bill, the shares of a receipt make it.
CREATE FUNCTION housing_rent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM housing_refuse('rent_stays');
    RETURN NULL;
END $$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['housing_rentbill', 'housing_rentreceipt', 'housing_rentshare', 'housing_homevisit'] LOOP
        EXECUTE format('CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION housing_rent_stays()', name);
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM anju_app', name);
    END LOOP;
END $$;
CREATE FUNCTION housing_bill_of_its_lease() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one housing_lease;
BEGIN
    SELECT * INTO one FROM housing_lease WHERE id = NEW.lease_id;
    IF NEW.rate = 'contract' AND NEW.month > coalesce(one.ended_on, greatest(one.ends_on, one.move_by))
       OR NEW.rate = 'market' AND (one.move_by IS NULL OR (NEW.month + interval '1 month')::date <= one.move_by)
       OR (NEW.month + interval '1 month')::date <= one.starts_on THEN
        PERFORM housing_refuse('bill_within_the_lease', one.lease_no || ' ' || to_char(NEW.month, 'YYYY-MM'));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_its_lease BEFORE INSERT ON housing_rentbill FOR EACH ROW EXECUTE FUNCTION housing_bill_of_its_lease();
CREATE FUNCTION housing_share_pays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owed bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('housing_rentbill', NEW.bill_id));
    SELECT amount INTO owed FROM housing_rentbill WHERE id = NEW.bill_id AND lease_id = (SELECT lease_id FROM housing_rentreceipt WHERE id = NEW.receipt_id);
    IF owed IS NULL OR (SELECT sum(amount) FROM housing_rentshare WHERE bill_id = NEW.bill_id) > owed THEN
        PERFORM housing_refuse('bill_is_paid_once', NEW.bill_id::text);
    END IF;
    IF (SELECT sum(amount) FROM housing_rentshare WHERE receipt_id = NEW.receipt_id) <> (SELECT amount FROM housing_rentreceipt WHERE id = NEW.receipt_id) THEN
        PERFORM housing_refuse('receipt_adds_up', NEW.receipt_id::text);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER share_pays AFTER INSERT ON housing_rentshare DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION housing_share_pays();
CREATE FUNCTION housing_receipt_is_shared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce((SELECT sum(amount) FROM housing_rentshare WHERE receipt_id = NEW.id), 0) <> NEW.amount THEN
        PERFORM housing_refuse('receipt_adds_up', NEW.receipt_no);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER receipt_shared AFTER INSERT ON housing_rentreceipt DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION housing_receipt_is_shared();

-- HS-03: a month of a let home is a month of its live lease and household.
CREATE FUNCTION housing_let_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM housing_lease l WHERE l.id = NEW.lease_id AND l.household_id = NEW.household_id
        AND NEW.month BETWEEN date_trunc('month', l.starts_on)::date AND greatest(l.ends_on, l.move_by)
    ) THEN
        PERFORM housing_refuse('month_of_its_lease', to_char(NEW.month, 'YYYY-MM'));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER let_month BEFORE INSERT ON housing_benefitmonth FOR EACH ROW WHEN (NEW.form = 'let_unit') EXECUTE FUNCTION housing_let_month();
-- HS-17: lateness is a matter of dates, not of opinion.
CREATE FUNCTION housing_renewal_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.late <> ((NEW.asked_on + interval '3 months')::date > (SELECT ends_on FROM housing_lease WHERE id = NEW.lease_id)) THEN
        PERFORM housing_refuse('renewal_in_time');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_time BEFORE INSERT OR UPDATE ON housing_renewal FOR EACH ROW EXECUTE FUNCTION housing_renewal_in_time();
