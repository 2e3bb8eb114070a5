"""Plans (方案): the plan type, plan.json and the plan workbook."""
