namespace LeadPredict.Training.Simulate;

/// <summary>The recipe that is written beside a simulated history: which column is what, and the horizons that its truth is for.</summary>
internal static class HistoryRecipe
{
    public const string Text =
        """
        # How `leadpredict import` reads these files. truth.csv is not named here: no model may see it.
        description: A simulated B2B software funnel
        format: { delimiter: comma, encoding: utf-8, missing: [] }

        funnel:
          steps: [MarketingQualified, SalesQualified, Won]
          qualifyHorizonDays: 60
          closeHorizonDays: 120

        files:
          - file: accounts.csv
            account: { id: id, name: name, domain: domain, createdAt: createdAt, recordedAt: recordedAt }
          - file: leads.csv
            lead: { id: id, account: accountId, source: source, createdAt: createdAt, recordedAt: recordedAt }
          - file: attributes.csv
            leadId: leadId
            changes: { name: { column: name }, value: value, type: auto, at: occurredAt, recordedAt: recordedAt }
          - file: touches.csv
            leadId: leadId
            touches: { id: id, type: { column: type }, at: occurredAt, recordedAt: recordedAt, propertiesJson: properties }
          - file: transitions.csv
            leadId: leadId
            transitions: { id: id, stage: { column: to }, at: occurredAt, recordedAt: recordedAt, actor: actor, reason: reason }
          - file: outcomes.csv
            leadId: leadId
            outcomes: { id: id, won: { column: won }, at: occurredAt, recordedAt: recordedAt, amount: amount, currency: { column: currency } }

        """;
}
