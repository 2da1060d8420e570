using LeadPredict.Api.Errors;
using LeadPredict.Storage.Rows;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace LeadPredict.Api.Requests;

/// <summary>
/// The texts that a route takes from its path, such as a lead's identifier, as the caller means them. The server undoes all escapes in a path but that of a
/// slash: what the router reads as <c>a%2Fb</c> may be <c>a/b</c> or that very text, and the target as it was sent alone tells which.
/// </summary>
internal static class PathTexts
{
    /// <summary>Puts each text in the place of what the router read.</summary>
    /// <exception cref="RequestFaultsException">One is escaped wrongly, or is no text that can be kept.</exception>
    /// <exception cref="ProblemException">The path has steps such as <c>..</c>, so that its parts are not those the router read.</exception>
    public static Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern: { Parameters.Count: > 0 } pattern })
        {
            Read(context.Request, pattern);
        }

        return next(context);
    }

    private static void Read(HttpRequest request, RoutePattern pattern)
    {
        string[] sent = Path(request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget).Split('/');
        if (sent.Length != request.PathBase.Add(request.Path).Value!.Split('/').Length)
        {
            throw new ProblemException(ProblemKind.NotFound, "The path as it was sent has other parts than the one that it leads to, as with '.' and '..' in it; send it without.");
        }

        int first = request.PathBase.Add("/").Value!.Split('/').Length - 1;
        for (int i = 0; i < pattern.PathSegments.Count; i++)
        {
            if (pattern.PathSegments[i].Parts is [RoutePatternParameterPart parameter])
            {
                request.RouteValues[parameter.Name] = Text(parameter.Name, sent[first + i]);
            }
        }
    }

    /// <summary>The path of a target, which may be a whole address and have a query.</summary>
    private static string Path(string target)
    {
        string path = target.Split('?')[0];
        int authority = path.IndexOf("://", StringComparison.Ordinal);
        int start = path.StartsWith('/') ? 0 : authority < 0 ? -1 : path.IndexOf('/', authority + 3);
        return start < 0 ? "" : path[start..];
    }

    private static string Text(string name, string sent)
    {
        string text = Uri.UnescapeDataString(sent);

        // What is no escape stays as it is, and would be taken for what another text's escapes say.
        return text.AsSpan().Count('%') == sent.AsSpan().Count("%25") && StorableText.Fault(text) is null
            ? text
            : throw new RequestFaultsException("/" + name, $"'{ShownText.Of(sent)}' in the path", "UTF-8 without NUL, escaped with %, such as %2F for a slash and %25 for %");
    }
}
