"""A page of parameters for these tests."""

PAGE = """
test.rate:
  name: 租赁补贴标准
  type: money
  unit: 元/㎡·月
  min: 0元
  max: 100元
  meaning: 每平方米建筑面积每月补贴额
  values:
    - {from: 2012-07-15, to: 2020-01-01, value: 5.00元, document: 示例建发〔2012〕1号}
    - {from: 2020-01-01, value: 7元, document: 示例建发〔2019〕9号, note: 提高标准}
    - {region: 9901, from: 2021-01-01, value: 8.5元, document: 示例市发〔2020〕3号}
test.publicity_days:
  name: 公示天数
  type: integer
  unit: 日
  min: 1
  max: 60
  meaning: 公示不少于
test.day_kind:
  name: 公示天数算法
  type: choice
  choices: {calendar: 自然日, working: 工作日}
  meaning: 公示期按什么算
test.share:
  name: 比例
  type: decimal
  places: 3
  min: 0
  max: 1
  meaning: 份额
test.area:
  name: 保障面积
  type: area
  unit: ㎡
  meaning: 人均
test.open:
  name: 是否受理
  type: boolean
  meaning: 本年是否受理
test.tiers:
  name: 分档
  type: table
  meaning: 各档月收入上限和补贴系数
  key: tier
  columns:
    tier: {label: 档次, type: choice, choices: {lowest: 低保, low: 低收入}}
    income: {label: 月收入上限, type: money, required: false}
    factor: {label: 系数, type: decimal, places: 2}
  values:
    - from: 2020-01-01
      document: 示例建发〔2019〕9号
      value:
        - {tier: lowest, factor: 1}
        - {tier: low, income: 1200元, factor: 0.6}
"""
