using LeadPredict.Api.Errors;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Funnel.Leads;
using Microsoft.AspNetCore.Components;

namespace LeadPredict.Api.Endpoints;

/// <summary>What all pages have in common: how they are answered, and how their forms are read.</summary>
internal sealed class PageAnswer(PageRenderer renderer, FormToken tokens)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string NoticeCookie = "leadpredict-notice";
    private const int LongestNotice = 300;
    private const int MostFields = 40;

    /// <summary>A page.</summary>
    public async Task<IResult> PageAsync<T>(HttpContext http, string title, string active, PageContext context, params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        (string, object?)[] all = [.. parameters, ("Context", context)];
        string html = await renderer.RenderAsync<Layout>(
            ("Title", title),
            ("Active", active),
            ("Context", context),
            ("ChildContent", (RenderFragment)(builder =>
            {
                builder.OpenComponent<T>(0);
                foreach ((string name, object? value) in all)
                {
                    builder.AddComponentParameter(1, name, value);
                }

                builder.CloseComponent();
            })));
        return Results.Content(html, "text/html; charset=utf-8");
    }

    /// <summary>Whether what is wrong with a request is told on a page: to browsers, where people go. Programs get what everywhere else is answered.</summary>
    public static bool IsFor(HttpContext http) => WantsPage(http.Request)
        && (http.GetEndpoint() is not RouteEndpoint route || route.Metadata.GetMetadata<RouteScope>() is { IsForPeople: true });

    /// <summary>Whether a page is what the caller can read.</summary>
    public static bool WantsPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells people on a page why they cannot have what they asked for, and what to do.</summary>
    public async Task TellAsync(HttpContext http, ProblemAnswer problem)
    {
        ProblemMiddleware.Begin(http, problem);
        bool sent = !HttpMethods.IsGet(http.Request.Method);
        string returnTo = sent ? "/" : http.Request.Path + http.Request.QueryString;
        IResult page = await PageAsync<FaultPage>(http, problem.Title, "", Context(http), ("Problem", problem), ("IsOfForm", sent), ("SignIn", KeyCookie.SignInFor(returnTo)));
        await page.ExecuteAsync(http);
    }

    /// <summary>A problem as a line on a page.</summary>
    public static string Words(ProblemAnswer problem) => problem.Errors is { } faults
        ? string.Join(" ", faults.Select(fault => $"{fault.Pointer.TrimStart('/')}: found {fault.Found}; expected {fault.Expected}."))
        : problem.Detail ?? problem.Title;

    /// <summary>For whom a page is drawn. A notice left by the action before is shown once.</summary>
    public PageContext Context(HttpContext http)
    {
        Caller caller = Caller.Of(http);
        string? notice = http.Request.Cookies[NoticeCookie];
        if (notice is not null)
        {
            http.Response.Cookies.Delete(NoticeCookie);
        }

        return new()
        {
            SignedInAs = caller == Caller.Local ? null : caller.Name,
            Scopes = caller.Scopes,
            FormToken = tokens.Of(http.Request),
            Notice = notice is { Length: > 1 } ? Uri.UnescapeDataString(notice[1..]) : null,
            NoticeIsFault = notice?.StartsWith('!') == true,
        };
    }

    /// <summary>Reads a form that this service's own page has sent.</summary>
    /// <exception cref="ProblemException">It is no form.</exception>
    /// <exception cref="RequestFaultsException">It lacks its token.</exception>
    public async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken cancellation)
    {
        IFormCollection form = await ReadAsync(request, cancellation);
        DemandToken(form, request);
        return form;
    }

    /// <summary>Reads a form, whoever has made it.</summary>
    /// <exception cref="ProblemException">It is no form.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken cancellation) => request.HasFormContentType
        ? await request.ReadFormAsync(new() { ValueCountLimit = MostFields }, cancellation)
        : throw new ProblemException(ProblemKind.UnsupportedContent, "Expected a form as a page of this service sends it.");

    /// <summary>Refuses a form that no page of this service has made for this caller.</summary>
    /// <exception cref="RequestFaultsException">It lacks its token.</exception>
    public void DemandToken(IFormCollection form, HttpRequest request)
    {
        if (!tokens.IsIn(form, request))
        {
            throw new RequestFaultsException("/" + FormToken.Field, "a form of another sign-in, or of an earlier start of the service", "the form of a page that was loaded since");
        }
    }

    /// <summary>Back to a page, with a line about what was done or why not.</summary>
    public static IResult Back(HttpContext http, string path, string notice, bool fault = false)
    {
        http.Response.Cookies.Append(
            NoticeCookie,
            (fault ? "!" : "+") + Uri.EscapeDataString(TextStart.Of(notice, LongestNotice)),
            new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1), IsEssential = true });
        return Results.Redirect(Local(path));
    }

    /// <summary>A path of this service as addresses are written, or the first page: nothing sends a browser elsewhere.</summary>
    public static string Local(string? path) =>
        path is { Length: < 2000 } && path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && path.All(letter => letter is >= ' ' and < '\u007f')
            ? path
            : "/";
}
