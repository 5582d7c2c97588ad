import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget/index.js'
import { Fn } from 'cdktf'
import { defineModule } from '../define.ts'
import { number, text, texts } from '../inputs.ts'

/** When a mail goes out: percent of the limit, spent already or foreseen for the month's end. */
const alerts = [
  { notificationType: 'ACTUAL', threshold: 55 }, // the guide's lower end, 292 of 527 dollars
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 100 },
] as const

/** What the account may cost (guide, "Cost Estimation"). */
export const budget = defineModule('budget', {
  description: "The account's monthly budget, with mails at 55, 80 and 100 percent and when more is foreseen",
  cost: 'none for the first two budgets of an account (unverified).',
  inputs: {
    name: text('Name of the budget', { default: 'wiko-monthly' }),
    monthlyDollars: number('Limit of a month in US dollars', { default: 527, min: 1 }), // guide: 292 to 527 dollars
    emails: texts('Who gets the mails', { min: 1 }),
  },
  outputs: { name: 'Name of the budget' },
  resources(scope, input) {
    const main = new BudgetsBudget(scope, 'monthly', {
      name: input.name,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: Fn.tostring(input.monthlyDollars),
      limitUnit: 'USD',
      notification: alerts.map((alert) => ({
        ...alert,
        comparisonOperator: 'GREATER_THAN',
        thresholdType: 'PERCENTAGE',
        subscriberEmailAddresses: input.emails,
      })),
    })
    return { name: main.name }
  },
})
