-- Written by hand: one pass per fact, a filtered aggregate per number, common conditions pushed into WHERE.
-- 2023H1 in county 990121, with the year before for the growth of six of them.
SELECT
    count(*) FILTER (WHERE state IN ('filed', 'registered') AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.units",
    count(*) FILTER (WHERE state IN ('filed', 'registered') AND filed_on BETWEEN DATE '2022-01-01' AND DATE '2022-06-30') AS "bench.sale.units#before",
    sum(area) FILTER (WHERE state IN ('filed', 'registered') AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.area",
    sum(area) FILTER (WHERE state IN ('filed', 'registered') AND filed_on BETWEEN DATE '2022-01-01' AND DATE '2022-06-30') AS "bench.sale.area#before",
    sum(amount) FILTER (WHERE state IN ('filed', 'registered') AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.amount",
    sum(amount) FILTER (WHERE state IN ('filed', 'registered') AND filed_on BETWEEN DATE '2022-01-01' AND DATE '2022-06-30') AS "bench.sale.amount#before",
    count(*) FILTER (WHERE state IN ('filed', 'registered') AND use = 'residential' AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.residential.units",
    count(*) FILTER (WHERE state IN ('filed', 'registered') AND use = 'residential' AND filed_on BETWEEN DATE '2022-01-01' AND DATE '2022-06-30') AS "bench.sale.residential.units#before",
    sum(area) FILTER (WHERE state IN ('filed', 'registered') AND use = 'residential' AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.residential.area",
    sum(area) FILTER (WHERE state IN ('filed', 'registered') AND use = 'residential' AND filed_on BETWEEN DATE '2022-01-01' AND DATE '2022-06-30') AS "bench.sale.residential.area#before",
    sum(amount) FILTER (WHERE state IN ('filed', 'registered') AND use = 'residential' AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.residential.amount",
    sum(amount) FILTER (WHERE state IN ('filed', 'registered') AND use = 'residential' AND filed_on BETWEEN DATE '2022-01-01' AND DATE '2022-06-30') AS "bench.sale.residential.amount#before",
    count(*) FILTER (WHERE state IN ('filed', 'registered') AND use = 'commercial' AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.commercial.units",
    sum(area) FILTER (WHERE state IN ('filed', 'registered') AND use = 'commercial' AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.commercial.area",
    sum(amount) FILTER (WHERE state IN ('filed', 'registered') AND use = 'commercial' AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.commercial.amount",
    count(*) FILTER (WHERE state IN ('filed', 'registered') AND kind = 'existing' AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.existing.units",
    sum(area) FILTER (WHERE state IN ('filed', 'registered') AND kind = 'existing' AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.existing.area",
    sum(amount) FILTER (WHERE state IN ('filed', 'registered') AND kind = 'existing' AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.existing.amount",
    count(*) FILTER (WHERE state = 'cancelled' AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.cancelled",
    count(*) FILTER (WHERE state IN ('filed', 'registered') AND area >= 14400 AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.large",
    count(DISTINCT buyer) FILTER (WHERE state IN ('filed', 'registered') AND filed_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30') AS "bench.sale.buyers"
FROM fact_bench_sale
WHERE region_code = '990121' AND filed_on BETWEEN DATE '2022-01-01' AND DATE '2023-06-30';

SELECT
    count(*) FILTER (WHERE state = 'paid') AS "bench.withdrawal.paid",
    sum(amount) FILTER (WHERE state = 'paid') AS "bench.withdrawal.amount",
    count(*) FILTER (WHERE state = 'paid' AND node = 'base') AS "bench.withdrawal.base.paid",
    sum(amount) FILTER (WHERE state = 'paid' AND node = 'base') AS "bench.withdrawal.base.amount",
    count(*) FILTER (WHERE state = 'paid' AND node = 'roof') AS "bench.withdrawal.roof.paid",
    sum(amount) FILTER (WHERE state = 'paid' AND node = 'roof') AS "bench.withdrawal.roof.amount",
    count(*) FILTER (WHERE state = 'paid' AND node = 'handover') AS "bench.withdrawal.handover.paid",
    sum(amount) FILTER (WHERE state = 'paid' AND node = 'handover') AS "bench.withdrawal.handover.amount",
    count(*) FILTER (WHERE state = 'refused') AS "bench.withdrawal.refused",
    count(*) FILTER (WHERE state = 'paid' AND amount >= 100000000) AS "bench.withdrawal.large",
    count(DISTINCT project) FILTER (WHERE state = 'paid') AS "bench.withdrawal.projects"
FROM fact_bench_withdrawal
WHERE region_code = '990121' AND paid_on BETWEEN DATE '2023-01-01' AND DATE '2023-06-30';

SELECT
    count(*) FILTER (WHERE (removed_on IS NULL OR removed_on > DATE '2023-06-30')) AS "bench.unit.count",
    sum(area) FILTER (WHERE (removed_on IS NULL OR removed_on > DATE '2023-06-30')) AS "bench.unit.area",
    count(*) FILTER (WHERE use = 'residential' AND (removed_on IS NULL OR removed_on > DATE '2023-06-30')) AS "bench.unit.residential.count",
    sum(area) FILTER (WHERE use = 'residential' AND (removed_on IS NULL OR removed_on > DATE '2023-06-30')) AS "bench.unit.residential.area",
    count(*) FILTER (WHERE state = 'unsold' AND (removed_on IS NULL OR removed_on > DATE '2023-06-30')) AS "bench.unit.unsold.count",
    sum(area) FILTER (WHERE state = 'unsold' AND (removed_on IS NULL OR removed_on > DATE '2023-06-30')) AS "bench.unit.unsold.area",
    count(*) FILTER (WHERE state = 'seized' AND (removed_on IS NULL OR removed_on > DATE '2023-06-30')) AS "bench.unit.seized",
    count(*) FILTER (WHERE entered_on >= DATE '2023-01-01') AS "bench.unit.entered"
FROM fact_bench_unit
WHERE region_code = '990121' AND entered_on <= DATE '2023-06-30';
