-- What SQL holds of permits and contracts. Numbers such as CT-01 are those of docs/invariants.md.

CREATE SEQUENCE market_contract_number;
CREATE SEQUENCE market_filing_number;

CREATE FUNCTION market_refuse(rule text, what text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: %', rule, what USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

-- A permit's units are units of its project (MK-04) and lie where it lies; ending a permit ends its cover.
CREATE FUNCTION market_cover_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.permit_id, NEW.unit_id) IS DISTINCT FROM (OLD.permit_id, OLD.unit_id) THEN
        PERFORM market_refuse('cover_is_only_ended', NEW.unit_id::text);
    END IF;
    IF NOT EXISTS (SELECT FROM property_unit u JOIN property_building b ON b.id = u.building_id JOIN market_permit p ON p.project_id = b.project_id
                   WHERE u.id = NEW.unit_id AND p.id = NEW.permit_id AND u.removed_on IS NULL) THEN
        PERFORM market_refuse('permit_covers_its_project', NEW.unit_id::text);
    END IF;
    SELECT region_code, bureau_id INTO NEW.region_code, NEW.bureau_id FROM market_permit WHERE id = NEW.permit_id;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON market_permitunit FOR EACH ROW EXECUTE FUNCTION market_cover_guard();

-- States of a permit move one way.
CREATE FUNCTION market_permit_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('applied', 'issued'), ('applied', 'refused'), ('issued', 'revoked'), ('issued', 'expired')) THEN
        PERFORM market_refuse('permit_moves_one_way', OLD.state || ' -> ' || NEW.state);
    END IF;
    IF OLD.state <> 'applied' AND (NEW.number, NEW.issued_on, NEW.escrow_account, NEW.project_id, NEW.developer_id)
       IS DISTINCT FROM (OLD.number, OLD.issued_on, OLD.escrow_account, OLD.project_id, OLD.developer_id) THEN
        PERFORM market_refuse('issued_permit_stays', OLD.number);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON market_permit FOR EACH ROW EXECUTE FUNCTION market_permit_guard();

-- A contract is signed on a unit that moved to 签约 in the same transaction, under a permit that covers it, at most at the filed price,
-- into the permit's escrow account, with the register's area (C02, C06 of CT-02, CT-06, CT-08).
CREATE FUNCTION market_contract_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found record;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.unit_id IS NULL THEN
            RETURN NEW;
        END IF;
        SELECT u.stage, u.area, u.inner_area, p.state AS permit, p.escrow_account, f.unit_price_fen, f.total_fen, u.region_code, u.bureau_id
        INTO found
        FROM property_unit u
        LEFT JOIN market_permitunit c ON c.unit_id = u.id AND c.ended_on IS NULL AND c.permit_id = NEW.permit_id
        LEFT JOIN market_permit p ON p.id = c.permit_id
        LEFT JOIN market_filedprice f ON f.unit_id = u.id AND f.ended_on IS NULL
        WHERE u.id = NEW.unit_id;
        IF found.permit IS DISTINCT FROM 'issued' THEN
            PERFORM market_refuse('contract_under_permit', NEW.contract_no);
        ELSIF NEW.state <> 'signed' OR found.stage <> 'signed' THEN
            PERFORM market_refuse('contract_moves_the_unit', NEW.contract_no);
        ELSIF NEW.area <> found.area THEN
            PERFORM market_refuse('contract_area_is_the_registers', NEW.contract_no);
        ELSIF found.unit_price_fen IS NULL OR NEW.total_fen > found.total_fen THEN
            PERFORM market_refuse('price_within_filed', NEW.contract_no);
        ELSIF NEW.escrow_account <> found.escrow_account THEN
            PERFORM market_refuse('contract_pays_into_escrow', NEW.contract_no);
        END IF;
        NEW.region_code := found.region_code;
        NEW.bureau_id := found.bureau_id;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('signed', 'filed'), ('signed', 'cancelled'), ('filed', 'cancelled'), ('filed', 'registered'))
       AND NOT (OLD.unit_id IS NULL AND NEW.unit_id IS NULL) THEN
        PERFORM market_refuse('contract_moves_one_way', OLD.contract_no);
    END IF;
    IF OLD.unit_id IS NOT NULL AND (NEW.contract_no, NEW.unit_id, NEW.permit_id, NEW.buyer, NEW.area, NEW.unit_price_fen,
        NEW.total_fen, NEW.signed_on, NEW.share_numerator, NEW.share_denominator) IS DISTINCT FROM (OLD.contract_no, OLD.unit_id,
        OLD.permit_id, OLD.buyer, OLD.area, OLD.unit_price_fen, OLD.total_fen, OLD.signed_on, OLD.share_numerator,
        OLD.share_denominator) THEN
        PERFORM market_refuse('contract_stays', OLD.contract_no);
    END IF;
    IF OLD.state = 'cancelled' AND OLD.unit_id IS NOT NULL THEN
        PERFORM market_refuse('cancelled_stays', OLD.contract_no);
    END IF;
    NEW.version := OLD.version + 1;
    NEW.updated_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON market_contract FOR EACH ROW EXECUTE FUNCTION market_contract_guard();

-- The contract's state and the unit's stage never part (CT-11): looked at when the transaction ends.
CREATE FUNCTION market_unit_agrees() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    stage text;
    live text;
BEGIN
    SELECT u.stage INTO stage FROM property_unit u WHERE u.id = NEW.unit_id;
    SELECT c.state INTO live FROM market_contract c
    WHERE c.unit_id = NEW.unit_id AND c.state <> 'cancelled' AND c.voided_at IS NULL;
    IF coalesce(live, '') IS DISTINCT FROM (CASE WHEN stage IN ('signed', 'filed', 'registered') THEN stage ELSE '' END) THEN
        PERFORM market_refuse('contract_and_unit_agree', NEW.contract_no);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER unit_agrees AFTER INSERT OR UPDATE OF state ON market_contract DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.unit_id IS NOT NULL) EXECUTE FUNCTION market_unit_agrees();

-- Shares of several buyers are the whole, or none has one (CT-04); instalments are what is paid later (CT-05).
CREATE FUNCTION market_parts_add_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    number bigint := NEW.contract_id;
    shares numeric;
    joint int;
    buyers int;
    later bigint;
    rest bigint;
BEGIN
    SELECT sum(CASE WHEN d > 0 THEN n::numeric / d ELSE 0 END), count(*) FILTER (WHERE d = 0), count(*) INTO shares, joint, buyers
    FROM (SELECT share_numerator AS n, share_denominator AS d FROM market_contract WHERE id = number
          UNION ALL SELECT share_numerator, share_denominator FROM market_cobuyer WHERE contract_id = number) all_buyers;
    IF NOT (joint = buyers OR joint = 0 AND abs(shares - 1) < 0.000000001) THEN
        PERFORM market_refuse('shares_make_the_whole', number::text);
    END IF;
    SELECT coalesce(sum(amount_fen), 0) INTO later FROM market_instalment WHERE contract_id = number;
    SELECT later_fen INTO rest FROM market_contract WHERE id = number;
    IF later <> coalesce(rest, 0) THEN
        PERFORM market_refuse('instalments_are_the_rest', number::text);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT OR UPDATE ON market_cobuyer DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION market_parts_add_up();
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT OR UPDATE OR DELETE ON market_instalment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION market_parts_add_up();

-- Without rows beside it, a contract is bought by one buyer alone and paid without instalments.
CREATE FUNCTION market_alone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.share_numerator <> NEW.share_denominator AND NOT EXISTS (SELECT FROM market_cobuyer WHERE contract_id = NEW.id) THEN
        PERFORM market_refuse('shares_make_the_whole', NEW.contract_no);
    END IF;
    IF coalesce(NEW.later_fen, 0) > 0 AND NOT EXISTS (SELECT FROM market_instalment WHERE contract_id = NEW.id) THEN
        PERFORM market_refuse('instalments_are_the_rest', NEW.contract_no);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER alone AFTER INSERT ON market_contract DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.share_numerator <> NEW.share_denominator OR NEW.later_fen > 0) EXECUTE FUNCTION market_alone();

-- Kept for ever.
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON market_contract FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON market_permit FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON market_permitunit FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON market_filedprice FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market_contractchange FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market_cobuyer FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE DELETE, TRUNCATE ON market_contract, market_permit, market_permitunit, market_filedprice FROM anju_app;
REVOKE ALL ON market_contractchange, market_cobuyer FROM anju_app;
GRANT SELECT, INSERT ON market_contractchange, market_cobuyer TO anju_app;
