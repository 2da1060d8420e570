namespace LeadPredict.Api.Pages.Calls;

/// <summary>A decision as a page's form says it, not yet looked at; a field that the form lacks is empty.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="State">Where the lead stood when the form was drawn.</param>
/// <param name="Decision">The action and the reason's code, as <c>reject:no_budget</c>.</param>
/// <param name="Note">The note.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="ReturnTo">The page to go back to.</param>
public sealed record DecisionDraft(string LeadId, string State, string Decision, string Note, string Amount, string Currency, string ReturnTo)
{
    /// <summary>Reads a form.</summary>
    public static DecisionDraft Of(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new(
            form["lead"].ToString(),
            form["state"].ToString(),
            form["decision"].ToString(),
            form["note"].ToString(),
            form["amount"].ToString(),
            form["currency"].ToString(),
            form["returnTo"].ToString());
    }
}
