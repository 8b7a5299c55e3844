-- What the session may see, by the two settings of the data scope; the rule of anju_protect() for functions that run as the owner.
CREATE FUNCTION accounts_sees(region text, bureau bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (current_setting('anju.region', true) = '*' OR starts_with(region, nullif(current_setting('anju.region', true), '')))
        AND (nullif(current_setting('anju.bureau', true), '') IS NULL OR bureau = nullif(current_setting('anju.bureau', true), '')::bigint),
        false)
$$;

CREATE FUNCTION accounts_refuse(code text, about jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'accounts.%: %', code, about USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_' || code, DETAIL = about::text;
END $$;

-- Lock balances in the order of their numbers, so that two sessions never wait for each other in a circle. Writers of a book share a
-- lock that closing takes alone. Returns the balances; refuses what is not in scope as if it were not there.
CREATE FUNCTION accounts_lock(ids bigint[]) RETURNS SETOF accounts_balance
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    book bigint;
    found_rows int := 0;
    kept accounts_balance;
BEGIN
    FOR book IN SELECT DISTINCT book_id FROM accounts_balance WHERE account_id = ANY (ids) ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock_shared((7264::bigint << 40) + book);
    END LOOP;
    FOR kept IN SELECT * FROM accounts_balance WHERE account_id = ANY (ids) ORDER BY account_id FOR NO KEY UPDATE LOOP
        IF accounts_sees(kept.region_code, kept.bureau_id) THEN
            found_rows := found_rows + 1;
            RETURN NEXT kept;
        END IF;
    END LOOP;
    IF found_rows < (SELECT count(DISTINCT one) FROM unnest(ids) one) THEN
        PERFORM accounts_refuse('unknown_account', jsonb_build_object('accounts', ids));
    END IF;
END $$;

-- One side of one move. The move took from this account (a debit of a credit account, or the other way round).
CREATE FUNCTION accounts_check(kept accounts_balance, amount bigint, authority text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    posted bigint := CASE kept.side WHEN 'credit' THEN kept.credits_posted - kept.debits_posted ELSE kept.debits_posted - kept.credits_posted END;
    held bigint := CASE kept.side WHEN 'credit' THEN kept.debits_pending ELSE kept.credits_pending END;
BEGIN
    IF kept.never_negative AND posted - held < 0 THEN
        PERFORM accounts_refuse('overdrawn', jsonb_build_object(
            'account', kept.account_id, 'posted', posted, 'held', held, 'amount', amount));
    END IF;
    IF authority = '' AND (kept.floor_fen IS NOT NULL OR kept.frozen_fen > 0)
       AND posted - held < coalesce(kept.floor_fen, 0) + kept.frozen_fen THEN
        PERFORM accounts_refuse('below_floor', jsonb_build_object(
            'account', kept.account_id, 'posted', posted, 'held', held, 'floor', kept.floor_fen, 'frozen', kept.frozen_fen, 'amount', amount));
    END IF;
END $$;

-- Do all of these moves or none. `moves`: an array of {key, kind, debit, credit, amount, purpose, dated_on, subject, memo, pending,
-- reverses, expires_at, authority}; what ends a pending transfer takes its accounts from it. The keys used before with the same content:
-- nothing is done and the first ids are given again. Returns {"ids": [...], "repeated": bool}.
--
-- The plans are kept by the session from the day the tables were empty: they must go by the indexes all the same.
CREATE FUNCTION accounts_post(moves jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date;
    ids bigint[];
    done bigint[] := '{}';
    earlier int;
    same int;
    m record;
    d accounts_balance;
    c accounts_balance;
    moved bigint;                -- what becomes posted
    held bigint;                 -- change of what is pending
    number bigint;
    chain bigint;
    rows jsonb[] := '{}';
    shut date;
BEGIN
    SELECT array_agg(DISTINCT one) INTO ids FROM (
        SELECT unnest(ARRAY[coalesce(p.debit_id, x.debit), coalesce(p.credit_id, x.credit)]) AS one
        FROM jsonb_to_recordset(moves) x(debit bigint, credit bigint, pending bigint)
        LEFT JOIN accounts_transfer p ON p.id = x.pending
    ) all_of_them WHERE one IS NOT NULL;
    PERFORM FROM accounts_lock(ids);

    -- Whoever repeats a move meets the first one here: it locked the same accounts.
    SELECT count(*), count(*) FILTER (WHERE t.kind = x.kind AND t.purpose = coalesce(x.purpose, t.purpose) AND t.dated_on = x.dated_on
            AND t.subject = coalesce(x.subject, '') AND t.pending_id IS NOT DISTINCT FROM x.pending
            AND t.reverses_id IS NOT DISTINCT FROM x.reverses
            AND (x.pending IS NOT NULL OR (t.debit_id = x.debit AND t.credit_id = x.credit))
            AND (t.amount_fen = x.amount OR (x.amount IS NULL AND x.pending IS NOT NULL)))
    INTO earlier, same
    FROM jsonb_to_recordset(moves) x(key text, kind text, debit bigint, credit bigint, amount bigint, purpose text, dated_on date,
                                     subject text, pending bigint, reverses bigint)
    JOIN accounts_transfer t ON t.key = x.key;
    IF earlier > 0 THEN
        IF same < jsonb_array_length(moves) THEN
            PERFORM accounts_refuse('key_reused', jsonb_build_object('key', (
                SELECT x.key FROM jsonb_to_recordset(moves) x(key text) JOIN accounts_transfer t ON t.key = x.key LIMIT 1)));
        END IF;
        RETURN jsonb_build_object('repeated', true, 'ids', (
            SELECT jsonb_agg(t.id ORDER BY x.place) FROM (
                SELECT value ->> 'key' AS key, ordinality AS place FROM jsonb_array_elements(moves) WITH ORDINALITY) x
            JOIN accounts_transfer t ON t.key = x.key));
    END IF;

    IF nullif(current_setting('anju.entry', true), '') IS NULL THEN
        PERFORM accounts_refuse('outside_action', '{}');
    END IF;
    FOR m IN
        SELECT x.key, x.kind, coalesce(p.debit_id, x.debit) AS debit, coalesce(p.credit_id, x.credit) AS credit,
               CASE WHEN x.kind IN ('void', 'expire') THEN p.amount_fen ELSE coalesce(x.amount, p.amount_fen) END AS amount,
               p.amount_fen AS reserved, p.kind AS pending_kind, p.expires_at AS pending_until,
               coalesce(nullif(x.purpose, ''), p.purpose) AS purpose, x.dated_on, coalesce(x.subject, '') AS subject,
               coalesce(x.memo, '') AS memo, x.pending, x.reverses, x.expires_at,
               coalesce(nullif(x.authority, ''), p.authority, '') AS authority
        FROM jsonb_to_recordset(moves) x(key text, kind text, debit bigint, credit bigint, amount bigint, purpose text, dated_on date,
                                         subject text, memo text, pending bigint, reverses bigint, expires_at timestamptz, authority text)
        LEFT JOIN accounts_transfer p ON p.id = x.pending
    LOOP
        IF m.kind IN ('post', 'void', 'expire') THEN
            IF m.pending_kind IS DISTINCT FROM 'pending' THEN
                PERFORM accounts_refuse('unknown_pending', jsonb_build_object('pending', m.pending));
            ELSIF EXISTS (SELECT FROM accounts_transfer WHERE pending_id = m.pending) THEN
                PERFORM accounts_refuse('ended_already', jsonb_build_object('pending', m.pending));
            ELSIF m.kind = 'post' AND m.pending_until <= clock_timestamp() THEN
                PERFORM accounts_refuse('expired', jsonb_build_object('pending', m.pending, 'until', m.pending_until));
            ELSIF m.kind = 'expire' AND (m.pending_until IS NULL OR m.pending_until > clock_timestamp()) THEN
                PERFORM accounts_refuse('not_expired', jsonb_build_object('pending', m.pending));
            ELSIF m.amount > m.reserved THEN
                PERFORM accounts_refuse('more_than_pending', jsonb_build_object('amount', m.amount, 'reserved', m.reserved));
            END IF;
        END IF;
        IF m.dated_on > today THEN
            PERFORM accounts_refuse('future', jsonb_build_object('dated_on', m.dated_on));
        END IF;
        moved := CASE WHEN m.kind IN ('posted', 'post') THEN m.amount ELSE 0 END;
        held := CASE m.kind WHEN 'pending' THEN m.amount WHEN 'posted' THEN 0 ELSE -m.reserved END;
        SELECT * INTO d FROM accounts_balance WHERE account_id = m.debit;
        SELECT * INTO c FROM accounts_balance WHERE account_id = m.credit;
        IF d.book_id IS DISTINCT FROM c.book_id THEN
            PERFORM accounts_refuse('two_books', jsonb_build_object('debit', m.debit, 'credit', m.credit));
        ELSIF d.closed OR c.closed THEN
            PERFORM accounts_refuse('account_closed', jsonb_build_object('account', CASE WHEN d.closed THEN m.debit ELSE m.credit END));
        END IF;
        SELECT until INTO shut FROM accounts_closedperiod WHERE book_id = d.book_id AND m.dated_on <= until;
        IF shut IS NOT NULL THEN
            PERFORM accounts_refuse('period_closed', jsonb_build_object('until', shut, 'dated_on', m.dated_on));
        END IF;
        IF m.reverses IS NOT NULL THEN
            IF EXISTS (SELECT FROM accounts_transfer r WHERE r.reverses_id = m.reverses) THEN
                PERFORM accounts_refuse('ended_already', jsonb_build_object('pending', m.reverses));
            ELSIF NOT EXISTS (
                SELECT FROM accounts_transfer r WHERE r.id = m.reverses AND r.kind IN ('posted', 'post')
                AND r.debit_id = m.credit AND r.credit_id = m.debit AND r.amount_fen = m.amount) THEN
                PERFORM accounts_refuse('not_a_reversal', jsonb_build_object('reverses', m.reverses));
            END IF;
        END IF;
        -- Judged before it is written, so that the refusal can say the numbers; the constraints of the row are the last guard.
        d.debits_posted := d.debits_posted + moved;
        d.debits_pending := d.debits_pending + held;
        c.credits_posted := c.credits_posted + moved;
        c.credits_pending := c.credits_pending + held;
        IF m.kind IN ('posted', 'pending', 'post') THEN
            IF d.side = 'credit' THEN PERFORM accounts_check(d, m.amount, m.authority); END IF;
            IF c.side = 'debit' THEN PERFORM accounts_check(c, m.amount, m.authority); END IF;
        END IF;
        UPDATE accounts_balance SET debits_posted = d.debits_posted, debits_pending = d.debits_pending WHERE account_id = m.debit;
        UPDATE accounts_balance SET credits_posted = c.credits_posted, credits_pending = c.credits_pending WHERE account_id = m.credit;
        IF moved > 0 AND m.dated_on < today THEN
            UPDATE accounts_daytotal SET debits = debits + moved WHERE account_id = m.debit AND "on" >= m.dated_on;
            UPDATE accounts_daytotal SET credits = credits + moved WHERE account_id = m.credit AND "on" >= m.dated_on;
        END IF;
        number := nextval('accounts_transfer_id_seq');
        chain := coalesce(chain, number);
        done := done || number;
        rows := rows || jsonb_build_object(
            'id', number, 'key', m.key, 'kind', m.kind, 'debit_id', m.debit, 'credit_id', m.credit, 'amount_fen', m.amount,
            'purpose', m.purpose, 'dated_on', m.dated_on, 'subject', m.subject, 'memo', m.memo, 'pending_id', m.pending,
            'reverses_id', m.reverses, 'expires_at', m.expires_at, 'authority', m.authority, 'chain_id', chain,
            'at', clock_timestamp(), 'region_code', d.region_code, 'bureau_id', d.bureau_id);
    END LOOP;
    -- One statement for all of them: the journal takes their images in columns when they are many.
    INSERT INTO accounts_transfer SELECT t.* FROM unnest(rows) made, jsonb_populate_record(NULL::accounts_transfer, made) t;
    RETURN jsonb_build_object('repeated', false, 'ids', to_jsonb(done));
END $$;
REVOKE EXECUTE ON FUNCTION accounts_post(jsonb), accounts_lock(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_post(jsonb), accounts_lock(bigint[]) TO anju_app;
