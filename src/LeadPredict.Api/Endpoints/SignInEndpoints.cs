using LeadPredict.Api.Errors;
using LeadPredict.Api.Limits;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Api.Pages.SignIn;
using LeadPredict.Api.Security;

namespace LeadPredict.Api.Endpoints;

/// <summary><c>/sign-in</c>, <c>/sign-out</c>, and the files that every page needs.</summary>
internal static class SignInEndpoints
{
    private const int LongestKey = 200;

    public static void MapSignIn(this WebApplication app)
    {
        RouteGroupBuilder open = app.MapGroup("").AllowOnPageWithoutKey().ExcludeFromDescription();
        open.MapGet(KeyCookie.SignInPath, (HttpContext http, PageAnswer pages, string? returnTo) =>
            pages.PageAsync<SignInPage>(http, "Sign in", "", pages.Context(http), ("ReturnTo", PageAnswer.Local(returnTo))));
        open.MapPost(KeyCookie.SignInPath, async (HttpContext http, PageAnswer pages, KeyRing ring, CancellationToken cancellation) =>
        {
            // Nobody has a key to make a token of yet: the browser must say that its own page of this service sends the form.
            if (http.Request.Headers["Sec-Fetch-Site"] is [not ("same-origin" or "none")] || !http.Request.HasFormContentType)
            {
                throw new ProblemException(ProblemKind.Forbidden, "A page of another site may not sign anybody in.");
            }

            IFormCollection form = await PageAnswer.ReadAsync(http.Request, cancellation);
            string key = form["key"].ToString().Trim();
            string back = PageAnswer.Local(form["returnTo"]);
            if (key.Length is 0 or > LongestKey || await ring.FindAsync(key, cancellation) is null)
            {
                return PageAnswer.Back(http, KeyCookie.SignInFor(back), "The key is unknown, revoked or expired.", fault: true);
            }

            KeyCookie.Set(http, key);
            return Results.Redirect(back);
        }).WithMetadata(new TakesFromAnybody());
        open.MapPost("/sign-out", async (HttpContext http, PageAnswer pages, CancellationToken cancellation) =>
        {
            await pages.FormAsync(http.Request, cancellation);
            KeyCookie.Remove(http);
            return Results.Redirect(KeyCookie.SignInPath);
        }).WithMetadata(new TakesFromAnybody());
        RouteGroupBuilder assets = app.MapGroup("").AllowWithoutKey().ExcludeFromDescription();
        foreach (PageAsset asset in PageAssets.All)
        {
            assets.MapGet(asset.Path, (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Text(asset.Text, asset.ContentType);
            });
        }
    }
}
