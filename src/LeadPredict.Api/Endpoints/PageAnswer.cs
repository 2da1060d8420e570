using LeadPredict.Api.Errors;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using Microsoft.AspNetCore.Components;

namespace LeadPredict.Api.Endpoints;

/// <summary>What all pages have in common: how they are answered, and how their forms are read.</summary>
internal sealed class PageAnswer(PageRenderer renderer, FormToken tokens)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string NoticeCookie = "leadpredict-notice";
    private const int LongestNotice = 300;

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

    /// <summary>Tells people on a page why they cannot have the one that they asked for; programs get what everywhere else is answered.</summary>
    public async ValueTask<object?> OrFaultAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        HttpContext http = call.HttpContext;
        try
        {
            return await next(call);
        }
        catch (Exception fault) when (WantsPage(http.Request) && ProblemMapping.Of(fault) is { } problem)
        {
            return await FaultAsync(http, problem);
        }
    }

    /// <summary>Tells people on a page that a path leads nowhere, or not for a browser.</summary>
    public async Task OrNothingThereAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response is { HasStarted: false, StatusCode: 404 or 405, ContentLength: null, ContentType: null } && WantsPage(http.Request))
        {
            await (await FaultAsync(http, ProblemMapping.Of(http.Response.StatusCode))).ExecuteAsync(http);
        }
    }

    private static bool WantsPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private Task<IResult> FaultAsync(HttpContext http, ProblemAnswer problem)
    {
        http.Response.StatusCode = problem.Status;
        return PageAsync<FaultPage>(http, problem.Title, "", Context(http), ("Problem", problem));
    }

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
        if (!request.HasFormContentType)
        {
            throw new ProblemException(ProblemKind.UnsupportedContent, "Expected a form as a page of this service sends it.");
        }

        IFormCollection form = await request.ReadFormAsync(new() { ValueCountLimit = 40, ValueLengthLimit = 10_000 }, cancellation);
        return tokens.IsIn(form, request)
            ? form
            : throw new RequestFaultsException("/" + FormToken.Field, "no token of this page", "the page's own form; load the page again");
    }

    /// <summary>Back to a page, with a line about what was done or why not.</summary>
    public static IResult Back(HttpContext http, string path, string notice, bool fault = false)
    {
        string text = notice.Length > LongestNotice ? notice[..LongestNotice] : notice;
        http.Response.Cookies.Append(
            NoticeCookie,
            (fault ? "!" : "+") + Uri.EscapeDataString(text),
            new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1), IsEssential = true });
        return Results.Redirect(Local(path));
    }

    /// <summary>A path of this service, or the first page: nothing sends a browser elsewhere.</summary>
    public static string Local(string? path) =>
        path is { Length: < 2000 } && path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl)
            ? path
            : "/";
}
