using System.Net;
using LeadPredict.Api.Errors;
using LeadPredict.Storage.Keys;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LeadPredict.Api.Security;

/// <summary>Lets a request through to its route when its key is good for it.</summary>
/// <remarks>
/// Where the service listens on loopback addresses only, callers without a key may do everything but administration. They must then
/// address it by a local name, so that a page of another site cannot reach it through a browser on this machine, and come from this machine
/// themselves: a proxy here would let anybody in.
/// </remarks>
internal sealed class KeyGate(LeadPredictApiOptions options, KeyRing ring, IServer server)
{
    private static readonly string[] OfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];
    private bool? _open;

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        // The router's own answers (405, 415) are endpoints too, but not of a route.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }

        RouteScope route = endpoint.Metadata.GetMetadata<RouteScope>() ?? RouteScope.Unsaid;
        if (route.Scope != AccessScopes.None)
        {
            if (await CallerAsync(context, route) is not { } caller)
            {
                return;
            }

            context.Features.Set(caller);
        }

        await next(context);
    }

    /// <summary>The caller, or null when a browser was sent to sign in.</summary>
    private async ValueTask<Caller?> CallerAsync(HttpContext context, RouteScope route)
    {
        string? offered = OfferedKey.In(context.Request);
        Caller? caller = offered is not null ? await ring.FindAsync(offered, context.RequestAborted) : IsOpen() ? Caller.Local : null;
        if (caller is not null && (caller.Scopes & route.Scope) == route.Scope)
        {
            Demand(context, caller);
            return caller;
        }

        // A caller without a key can mend that, a caller whose key is too weak needs another one.
        if (caller is null || caller == Caller.Local)
        {
            if (route.IsForPeople && HttpMethods.IsGet(context.Request.Method))
            {
                context.Response.Redirect(KeyCookie.SignInFor(context.Request.Path + context.Request.QueryString));
                return null;
            }

            throw new ProblemException(ProblemKind.KeyNeeded, offered is null
                ? $"Expected a key with scope {Name(route.Scope)} as 'Authorization: Bearer lp_...'; 'leadpredict keys create' makes one."
                : "The key is unknown, revoked or expired.");
        }

        throw new ProblemException(ProblemKind.Forbidden, $"The key lacks the scope {Name(route.Scope)}.");
    }

    /// <summary>Refuses what another site's page makes a browser send.</summary>
    private static void Demand(HttpContext context, Caller caller)
    {
        if (caller == Caller.Local && (!IsLocal(context.Request.Host.Host) || Array.Exists(OfProxies, context.Request.Headers.ContainsKey)))
        {
            throw new ProblemException(ProblemKind.Forbidden, "Without a key the service answers to localhost alone, and not through a proxy: send a key.");
        }

        if (context.Request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"] && !HttpMethods.IsGet(context.Request.Method))
        {
            throw new ProblemException(ProblemKind.Forbidden, "A page of another site may not change anything here.");
        }
    }

    /// <summary>Whether callers need no key. Known when the server has bound its addresses, which it has before it takes a request.</summary>
    private bool IsOpen() => _open ??= !options.RequireKeys
        && (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).All(IsLoopback);

    internal static bool IsLoopback(string address) =>
        address.Contains("://unix:", StringComparison.OrdinalIgnoreCase) || (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && IsLocal(uri.Host));

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static string Name(AccessScopes scope) => scope.ToString().ToLowerInvariant();
}
