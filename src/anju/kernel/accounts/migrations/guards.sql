-- Every account has a balance from its first moment; what it is never changes.
CREATE FUNCTION accounts_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM accounts_book b WHERE b.id = NEW.book_id AND b.bureau_id = NEW.bureau_id AND b.region_code = NEW.region_code) THEN
        PERFORM accounts_refuse('other_bureau', jsonb_build_object('book', NEW.book_id));
    END IF;
    INSERT INTO accounts_balance (account_id, book_id, side, never_negative, debits_posted, debits_pending, credits_posted, credits_pending,
                                  floor_fen, frozen_fen, closed, region_code, bureau_id)
    VALUES (NEW.id, NEW.book_id, NEW.side, NEW.never_negative, 0, 0, 0, 0, NULL, 0, false, NEW.region_code, NEW.bureau_id);
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_open AFTER INSERT ON accounts_account FOR EACH ROW EXECUTE FUNCTION accounts_open();

CREATE FUNCTION accounts_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kept accounts_balance;
BEGIN
    IF (NEW.book_id, NEW.code, NEW.kind, NEW.side, NEW.never_negative, NEW.region_code, NEW.bureau_id)
       IS DISTINCT FROM (OLD.book_id, OLD.code, OLD.kind, OLD.side, OLD.never_negative, OLD.region_code, OLD.bureau_id) THEN
        PERFORM accounts_refuse('account_changed', jsonb_build_object('account', OLD.id));
    END IF;
    IF NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
        SELECT * INTO kept FROM accounts_balance WHERE account_id = OLD.id FOR NO KEY UPDATE;
        IF NEW.closed_at IS NOT NULL AND (kept.debits_posted <> kept.credits_posted OR kept.debits_pending + kept.credits_pending > 0) THEN
            PERFORM accounts_refuse('not_empty', jsonb_build_object('account', OLD.id));
        END IF;
        UPDATE accounts_balance SET closed = NEW.closed_at IS NOT NULL WHERE account_id = OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_keep BEFORE UPDATE ON accounts_account FOR EACH ROW EXECUTE FUNCTION accounts_keep();

-- The newest floor stands in the balance, where the transfer finds it under the row's lock.
CREATE FUNCTION accounts_set_floor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE accounts_balance SET floor_fen = NEW.floor_fen, frozen_fen = NEW.frozen_fen
    WHERE account_id = NEW.account_id AND bureau_id = NEW.bureau_id AND region_code = NEW.region_code;
    IF NOT FOUND THEN
        PERFORM accounts_refuse('unknown_account', jsonb_build_object('accounts', ARRAY[NEW.account_id]));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_set_floor AFTER INSERT ON accounts_floor FOR EACH ROW EXECUTE FUNCTION accounts_set_floor();

-- Lines and transfers of a match are the same money when the transaction ends.
CREATE FUNCTION accounts_match_adds_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    number bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.match_id ELSE NEW.match_id END;
    owner bigint;
    bank bigint;
    book bigint;
BEGIN
    SELECT account_id INTO owner FROM accounts_match WHERE id = number;
    IF owner IS NULL THEN
        RETURN NULL;                              -- the whole match went
    END IF;
    SELECT coalesce(sum(l.amount_fen), 0) INTO bank
    FROM accounts_matchedline m JOIN accounts_bankline l ON l.id = m.line_id AND l.account_id = owner WHERE m.match_id = number;
    SELECT coalesce(sum(CASE WHEN t.debit_id = owner THEN t.amount_fen WHEN t.credit_id = owner THEN -t.amount_fen END), 0) INTO book
    FROM accounts_matchedtransfer m JOIN accounts_transfer t ON t.id = m.transfer_id AND t.kind IN ('posted', 'post')
    WHERE m.match_id = number AND m.account_id = owner;
    IF bank <> book THEN
        PERFORM accounts_refuse('match_differs', jsonb_build_object('match', number, 'bank', bank, 'book', book));
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER accounts_match_adds_up AFTER INSERT OR UPDATE OR DELETE ON accounts_matchedline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_match_adds_up();
CREATE CONSTRAINT TRIGGER accounts_match_adds_up AFTER INSERT OR UPDATE OR DELETE ON accounts_matchedtransfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_match_adds_up();

-- The lines of an account lead from the opening to the closing balance of every statement, and those it brought sum to what it says.
CREATE FUNCTION accounts_statement_adds_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    within bigint;
    number bigint;
    brought bigint;
BEGIN
    SELECT coalesce(sum(amount_fen), 0), count(*), coalesce(sum(amount_fen) FILTER (WHERE statement_id = NEW.id), 0)
    INTO within, number, brought
    FROM accounts_bankline WHERE account_id = NEW.account_id AND "on" BETWEEN NEW.first_on AND NEW.last_on;
    IF NEW.opening_fen + within <> NEW.closing_fen OR number <> NEW.lines OR brought <> NEW.new_fen THEN
        PERFORM accounts_refuse('statement_differs', jsonb_build_object('statement', NEW.id));
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER accounts_statement_adds_up AFTER INSERT ON accounts_bankstatement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_statement_adds_up();

-- Written by accounts_post() and the triggers above alone; never changed by anybody.
REVOKE ALL ON accounts_transfer, accounts_balance, accounts_daytotal FROM anju_app;
GRANT SELECT ON accounts_transfer, accounts_balance TO anju_app;
GRANT SELECT ON accounts_daytotal TO anju_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_transfer FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_floor FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_bankstatement FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_bankline FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
REVOKE UPDATE, DELETE ON accounts_floor, accounts_bankstatement, accounts_bankline FROM anju_app;
REVOKE DELETE ON accounts_book, accounts_account FROM anju_app;
REVOKE UPDATE ON accounts_account FROM anju_app;
GRANT UPDATE (name, closed_at) ON accounts_account TO anju_app;

-- Balance rows are small and written all the time: room on the page keeps their updates on it.
ALTER TABLE accounts_balance SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
