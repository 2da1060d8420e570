using LeadPredict.Api.Ingest.Sources;

namespace LeadPredict.Training.Import.Recipes;

/// <summary>How identifiers are written alike that one system writes in several ways.</summary>
internal enum IdForm
{
    /// <summary>As they stand in the files.</summary>
    AsWritten,

    /// <summary>Those of 15 characters as those of 18, as in what Salesforce sends over HTTP.</summary>
    Salesforce,
}

/// <summary>Writes identifiers alike.</summary>
internal static class IdForms
{
    public static string Write(this IdForm form, string id) => form == IdForm.Salesforce ? SalesforceId.Whole(id) : id;
}
