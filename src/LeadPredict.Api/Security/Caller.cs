using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Security;

/// <summary>Who a request comes from.</summary>
/// <param name="Name">For logs and the audit: the key's name and identifier, or <c>local</c> for a caller without a key.</param>
/// <param name="Scopes">What the key lets it do.</param>
public sealed record Caller(string Name, AccessScopes Scopes)
{
    /// <summary>A caller without a key, where none is needed: everything but administration.</summary>
    internal static Caller Local { get; } = new("local", AccessScopes.Score | AccessScopes.Ingest | AccessScopes.Read);

    /// <summary>The caller of a request to a route that demands a scope; <see cref="Local"/> elsewhere.</summary>
    public static Caller Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<Caller>() ?? Local;
    }
}
