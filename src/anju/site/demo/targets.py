"""What the sample county's half-year report for 2023 must say: the printed figures of one real report of a county housing service centre.

These are the only totals in the generator. `solving` finds exact amounts that print like this; the books then spread them over rows.
"""

from __future__ import annotations

from anju.site.demo.printed import Growth, Printed

AREA_10K = 10_000 * 100  # hundredths of ㎡ in a 万㎡
MONEY_100M = 100_000_000  # 元 in an 亿元

# 住房保障
NEW_WORKER_PERSONS = 14
RENT_SUBSIDY = {1: (9, 4470), 2: (8, 4230)}  # quarter: households, 元
RENT_SUBSIDY_HOUSEHOLDS_OF_BOTH_QUARTERS = 6  # so that the half year has 11 households, not 17
PUBLIC_RENTAL_HOUSEHOLDS = 24  # accepted, and all of them let
TALENT_PERSONS, TALENT_YUAN = 8, 240_000

# 房地产开发
DEVELOPMENT_AREA = Printed("69.90", AREA_10K, Growth("55.40"))
DEVELOPMENT_RESIDENTIAL = Printed("57.69", AREA_10K, Growth("71.29"))
DEVELOPMENT_COMMERCIAL = Printed("12.21", AREA_10K, Growth("8.05"))

# 商品房销售
SOLD_UNITS, SOLD_UNITS_RESIDENTIAL = 2531, 2118
SOLD_AREA = Printed("35.52", AREA_10K)
SOLD_AREA_RESIDENTIAL = Printed("30.79", AREA_10K)
SOLD_AMOUNT = Printed("18.48", MONEY_100M, Growth("0.71"))
SOLD_AMOUNT_RESIDENTIAL = Printed("14.57", MONEY_100M, Growth("1.82"))
AVERAGE_PRICE_RESIDENTIAL = Printed("4732", 1, Growth("6.28"))  # follows from amount and area; the real report printed 4687

# 预售资金
WITHDRAWALS, WITHDRAWN = 340, Printed("17.15", MONEY_100M)

# 保交楼
DELIVERY_PROJECTS = {1: (412, 386), 2: (450, 292)}  # batch: homes of each project, 1540 in all
LOAN_YUAN_PER_HOME = 100_000
LOAN_PAID = Printed("1.28", MONEY_100M)
HOMES_DELIVERED, HOMES_TO_DELIVER_BY_JUNE = 796, 553

# 进城购房奖励: batch: households, 元
REWARD_PAID = (10, 269, 1_109_403)
REWARD_PENDING = (11, 157, 672_482)

# 楼盘表和交易服务
UNITS, UNITS_AREA = 5094, 50_410_535  # hundredths of ㎡
EXISTING_CONTRACTS, EXISTING_AREA, EXISTING_AMOUNT = 154, Printed("1.59", AREA_10K), Printed("0.50", MONEY_100M)
DEREGISTRATIONS, DEREGISTERED_AREA = 364, Printed("5.35", AREA_10K)
TRANSACTION_AREA = Printed("6.94", AREA_10K)
CERTIFICATES = 3247  # printed as 3200余
QUERIES_SUPERIOR, QUERIES_JUDICIAL = 1332, 249
