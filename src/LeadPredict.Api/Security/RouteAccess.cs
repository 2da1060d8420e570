using LeadPredict.Api.Errors;
using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Security;

/// <summary>Who may call a route. Set once for each group of routes; a route for which nothing is said demands <see cref="AccessScopes.Admin"/>.</summary>
internal static class RouteAccess
{
    /// <summary>Demands a key with a scope; a caller without one is answered 401, one with too weak a key 403.</summary>
    public static T RequireScope<T>(this T routes, AccessScopes scope)
        where T : IEndpointConventionBuilder => routes.WithMetadata(new RouteScope(scope, IsForPeople: false), Refusal(401), Refusal(403));

    /// <summary>The same for pages and their forms: a browser is told on a page what is wrong, and sent to <see cref="KeyCookie.SignInPath"/> for a page that needs a key.</summary>
    public static T RequireScopeOnPage<T>(this T routes, AccessScopes scope)
        where T : IEndpointConventionBuilder => routes.WithMetadata(new RouteScope(scope, IsForPeople: true));

    /// <summary>Lets everybody call: health, the interface's description, signing in, and webhooks that prove themselves by a signature.</summary>
    public static T AllowWithoutKey<T>(this T routes)
        where T : IEndpointConventionBuilder => routes.WithMetadata(new RouteScope(AccessScopes.None, IsForPeople: false));

    /// <summary>The same for pages: signing in and out.</summary>
    public static T AllowOnPageWithoutKey<T>(this T routes)
        where T : IEndpointConventionBuilder => routes.WithMetadata(new RouteScope(AccessScopes.None, IsForPeople: true));

    /// <summary>Documents how a caller who may not is answered.</summary>
    private static ProducesResponseTypeMetadata Refusal(int status) => new(status, typeof(ProblemAnswer), ["application/problem+json"]);
}

/// <summary>The scope that a route demands; none lets everybody in.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="IsForPeople">Whether it is a page or takes a page's form.</param>
internal sealed record RouteScope(AccessScopes Scope, bool IsForPeople)
{
    public static RouteScope Unsaid { get; } = new(AccessScopes.Admin, IsForPeople: false);
}
