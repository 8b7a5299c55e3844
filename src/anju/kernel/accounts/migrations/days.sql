-- End-of-day totals of every account that moved since its last one, up to and including `until`. Twice is once. Returns rows written.
-- A day later than the last total and no transfer in it: the last total holds, none is written.
CREATE FUNCTION accounts_total_days(until date, at_most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date;
    one record;
    written int := 0;
    moved int;
BEGIN
    IF until >= today THEN
        PERFORM accounts_refuse('day_not_over', jsonb_build_object('until', until));
    END IF;
    IF current_setting('anju.region', true) IS DISTINCT FROM '*' THEN
        PERFORM accounts_refuse('installation_only', '{}');
    END IF;
    FOR one IN
        SELECT b.account_id, b.region_code, b.bureau_id,
               (SELECT max(d."on") FROM accounts_daytotal d WHERE d.account_id = b.account_id) AS last
        FROM accounts_balance b
        WHERE b.debits_posted > 0 OR b.credits_posted > 0
        ORDER BY b.account_id
    LOOP
        CONTINUE WHEN NOT EXISTS (
            SELECT FROM accounts_transfer WHERE debit_id = one.account_id AND dated_on > coalesce(one.last, '-infinity') AND dated_on <= until
            UNION ALL
            SELECT FROM accounts_transfer WHERE credit_id = one.account_id AND dated_on > coalesce(one.last, '-infinity') AND dated_on <= until);
        -- A late transfer waits for the total, or the total for it.
        PERFORM FROM accounts_balance WHERE account_id = one.account_id FOR NO KEY UPDATE;
        INSERT INTO accounts_daytotal (account_id, "on", debits, credits, region_code, bureau_id)
        SELECT one.account_id, days.dated_on,
               coalesce(before.debits, 0) + sum(days.debits) OVER (ORDER BY days.dated_on),
               coalesce(before.credits, 0) + sum(days.credits) OVER (ORDER BY days.dated_on), one.region_code, one.bureau_id
        FROM (
            SELECT dated_on, coalesce(sum(amount_fen) FILTER (WHERE debit_id = one.account_id), 0) AS debits,
                   coalesce(sum(amount_fen) FILTER (WHERE credit_id = one.account_id), 0) AS credits
            FROM (
                SELECT dated_on, amount_fen, debit_id, credit_id FROM accounts_transfer
                WHERE debit_id = one.account_id AND kind IN ('posted', 'post')
                  AND dated_on > coalesce(one.last, '-infinity') AND dated_on <= until
                UNION ALL
                SELECT dated_on, amount_fen, debit_id, credit_id FROM accounts_transfer
                WHERE credit_id = one.account_id AND kind IN ('posted', 'post')
                  AND dated_on > coalesce(one.last, '-infinity') AND dated_on <= until
            ) moves GROUP BY dated_on
        ) days
        LEFT JOIN accounts_daytotal before ON before.account_id = one.account_id AND before."on" = one.last
        ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS moved = ROW_COUNT;
        written := written + moved;
        EXIT WHEN written >= at_most;
    END LOOP;
    RETURN written;
END $$;
REVOKE EXECUTE ON FUNCTION accounts_total_days(date, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_total_days(date, int) TO anju_app;
