using LeadPredict.Storage.Keys;

namespace LeadPredict.Api.Security;

/// <summary>Who may call a route. Set once for each group of routes; a route for which nothing is said demands <see cref="AccessScopes.Admin"/>.</summary>
internal static class RouteAccess
{
    /// <summary>Demands a key with a scope; a caller without one is answered 401, one with too weak a key 403.</summary>
    public static T RequireScope<T>(this T routes, AccessScopes scope)
        where T : IEndpointConventionBuilder => routes.WithMetadata(new RouteScope(scope, SignIn: false));

    /// <summary>The same for pages: a browser without a key is sent to <see cref="KeyCookie.SignInPath"/> instead of being answered 401.</summary>
    public static T RequireScopeOnPage<T>(this T routes, AccessScopes scope)
        where T : IEndpointConventionBuilder => routes.WithMetadata(new RouteScope(scope, SignIn: true));

    /// <summary>Lets everybody call: health, the interface's description, signing in, and webhooks that prove themselves by a signature.</summary>
    public static T AllowWithoutKey<T>(this T routes)
        where T : IEndpointConventionBuilder => routes.WithMetadata(new RouteScope(AccessScopes.None, SignIn: false));
}

/// <summary>The scope that a route demands; none lets everybody in.</summary>
internal sealed record RouteScope(AccessScopes Scope, bool SignIn)
{
    public static RouteScope Unsaid { get; } = new(AccessScopes.Admin, SignIn: false);
}
