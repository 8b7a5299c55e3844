-- What SQL holds of existing homes. Numbers are those of docs/invariants.md.

-- 房源核验: the house is there, its first sale is over, and nothing blocks it (C05).
CREATE FUNCTION market_house_check_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    house record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ended_on IS NOT NULL OR (NEW.code, NEW.unit_id, NEW.certificate_no, NEW.owner, NEW.owner_id, NEW.certified_on,
            NEW.checked_on, NEW.valid_until) IS DISTINCT FROM (OLD.code, OLD.unit_id, OLD.certificate_no, OLD.owner, OLD.owner_id,
            OLD.certified_on, OLD.checked_on, OLD.valid_until) THEN
            PERFORM market_refuse('house_check_stays', OLD.code);
        END IF;
        RETURN NEW;
    END IF;
    SELECT u.stage, u.limits, u.removed_on, u.region_code, u.bureau_id INTO house FROM property_unit u WHERE u.id = NEW.unit_id FOR SHARE;
    IF house.removed_on IS NOT NULL OR house.stage IN ('saleable', 'reserved', 'signed', 'filed') THEN
        PERFORM market_refuse('house_is_sold_for_the_first_time', NEW.code);
    ELSIF house.limits && ARRAY['seized', 'pre_seized', 'disposal', 'admin_limit', 'expropriation', 'objection']::varchar[] THEN
        PERFORM market_refuse('house_is_free', NEW.code);
    END IF;
    NEW.region_code := house.region_code;
    NEW.bureau_id := house.bureau_id;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON market_housecheck FOR EACH ROW EXECUTE FUNCTION market_house_check_guard();

-- CT-13, C05, C06, C10, C11 of an existing home, at the moment of signing and whoever signs.
CREATE FUNCTION market_resale_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    checked record;
    house record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.unit_id IS DISTINCT FROM OLD.unit_id OR NEW.house_check_id IS DISTINCT FROM OLD.house_check_id THEN
            PERFORM market_refuse('resale_stays', OLD.contract_no);
        ELSIF OLD.unit_id IS NOT NULL THEN
            IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
                ('signed', 'filed'), ('signed', 'cancelled'), ('filed', 'cancelled'), ('filed', 'registered')) THEN
                PERFORM market_refuse('contract_moves_one_way', OLD.contract_no);
            ELSIF NEW.state <> OLD.state AND EXISTS (SELECT FROM property_unit u WHERE u.id = NEW.unit_id AND u.limits
                && ARRAY['seized', 'pre_seized', 'disposal', 'admin_limit', 'expropriation', 'objection']::varchar[]) THEN
                PERFORM market_refuse('house_is_free', OLD.contract_no);
            ELSIF (NEW.contract_no, NEW.seller, NEW.buyer, NEW.resident_id, NEW.area, NEW.total_fen, NEW.signed_on, NEW.location, NEW.use)
                IS DISTINCT FROM (OLD.contract_no, OLD.seller, OLD.buyer, OLD.resident_id, OLD.area, OLD.total_fen, OLD.signed_on,
                OLD.location, OLD.use) THEN
                PERFORM market_refuse('contract_stays', OLD.contract_no);
            END IF;
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.unit_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO checked FROM market_housecheck WHERE id = NEW.house_check_id FOR UPDATE;
    SELECT u.stage, u.limits, u.area, u.region_code, u.bureau_id INTO house FROM property_unit u WHERE u.id = NEW.unit_id FOR SHARE;
    IF checked.unit_id IS DISTINCT FROM NEW.unit_id OR checked.ended_on IS NOT NULL OR checked.valid_until < NEW.signed_on
        OR checked.checked_on > NEW.signed_on OR checked.owner IS DISTINCT FROM NEW.seller THEN
        PERFORM market_refuse('resale_has_a_live_check', NEW.contract_no);
    ELSIF house.limits && ARRAY['seized', 'pre_seized', 'disposal', 'admin_limit', 'expropriation', 'objection']::varchar[] THEN
        PERFORM market_refuse('house_is_free', NEW.contract_no);
    ELSIF house.limits && ARRAY['mortgaged_land', 'mortgaged_works', 'mortgaged']::varchar[] AND NEW.mortgagee_agrees = '' THEN
        PERFORM market_refuse('mortgagee_agrees', NEW.contract_no);
    ELSIF checked.certified_on + make_interval(months => NEW.lock_months) > NEW.signed_on THEN
        PERFORM market_refuse('holding_period_is_over', NEW.contract_no);
    ELSIF house.area IS DISTINCT FROM NEW.area THEN
        PERFORM market_refuse('contract_area_is_the_registers', NEW.contract_no);
    ELSIF NEW.state <> 'signed' THEN
        PERFORM market_refuse('contract_moves_one_way', NEW.contract_no);
    END IF;
    NEW.region_code := house.region_code;
    NEW.bureau_id := house.bureau_id;
    UPDATE market_housecheck SET ended_on = NEW.signed_on WHERE id = NEW.house_check_id;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON market_resalecontract FOR EACH ROW EXECUTE FUNCTION market_resale_guard();

-- The blind index of the buyer is there only after the row is written.
CREATE FUNCTION market_resale_between_two() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM market_housecheck h WHERE h.id = NEW.house_check_id AND h.owner_id_index = NEW.resident_id_index) THEN
        PERFORM market_refuse('nobody_buys_from_himself', NEW.contract_no);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER between_two AFTER INSERT ON market_resalecontract FOR EACH ROW WHEN (NEW.house_check_id IS NOT NULL)
    EXECUTE FUNCTION market_resale_between_two();

REVOKE DELETE, TRUNCATE ON market_housecheck, market_resalecontract FROM anju_app;
