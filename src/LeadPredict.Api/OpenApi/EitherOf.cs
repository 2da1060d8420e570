namespace LeadPredict.Api.OpenApi;

/// <summary>Stands in the document for a value of one of two forms; there is none in the program.</summary>
/// <typeparam name="TOne">The one form.</typeparam>
/// <typeparam name="TOther">The other.</typeparam>
internal abstract class EitherOf<TOne, TOther>;
