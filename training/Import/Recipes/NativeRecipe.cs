namespace LeadPredict.Training.Import.Recipes;

/// <summary>The recipe for LeadPredict's own files, as <c>simulate</c> writes them: one file a kind of row, columns named like the fields.</summary>
internal static class NativeRecipe
{
    /// <summary>The file by which a folder of them is known.</summary>
    public const string LeadsFile = "leads.csv";

    private const string Yaml =
        """
        format: { delimiter: comma, encoding: utf-8, missing: [] }
        files:
          - file: accounts.csv
            optional: true
            account: { id: id, name: name, domain: domain, createdAt: createdAt, recordedAt: recordedAt }
          - file: leads.csv
            lead: { id: id, account: accountId, source: source, createdAt: createdAt, recordedAt: recordedAt }
          - file: attributes.csv
            optional: true
            leadId: leadId
            changes: { name: { column: name }, value: value, type: auto, at: occurredAt, recordedAt: recordedAt }
          - file: touches.csv
            optional: true
            leadId: leadId
            touches: { id: id, type: { column: type }, at: occurredAt, recordedAt: recordedAt, propertiesJson: properties }
          - file: transitions.csv
            optional: true
            leadId: leadId
            transitions: { id: id, stage: { column: to }, at: occurredAt, recordedAt: recordedAt, actor: actor, reason: reason }
          - file: outcomes.csv
            optional: true
            leadId: leadId
            outcomes: { id: id, won: { column: won }, at: occurredAt, recordedAt: recordedAt, amount: amount, currency: { column: currency } }
        """;

    /// <param name="format">Keys of the format that stand in place of the recipe's.</param>
    public static Recipe Read(IReadOnlyDictionary<string, string>? format = null) => RecipeReader.Read(Yaml, "the built-in recipe for LeadPredict's own files", format);
}
