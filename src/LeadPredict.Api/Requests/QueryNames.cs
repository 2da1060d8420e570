using Microsoft.AspNetCore.Http.Metadata;

namespace LeadPredict.Api.Requests;

/// <summary>The parameters that a route takes in its query; with another one, such as a misspelt <c>model</c>, it would answer what was not asked.</summary>
internal sealed class QueryNames(params string[] known)
{
    /// <summary>Refuses what the route does not know.</summary>
    /// <exception cref="RequestFaultsException">A parameter is unknown.</exception>
    public static Task DemandAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.QueryString.HasValue && context.GetEndpoint()?.Metadata.GetMetadata<QueryNames>() is { } names)
        {
            Demand(context.Request.Query, names.Known);
        }

        return next(context);
    }

    /// <summary>Refuses what is not among the known.</summary>
    /// <exception cref="RequestFaultsException">A parameter is unknown.</exception>
    public static void Demand(IQueryCollection query, IReadOnlyList<string> known)
    {
        if (query.Keys.Except(known, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
        {
            throw new RequestFaultsException("/" + ShownText.Of(unknown), "an unknown parameter", "one of " + string.Join(", ", known));
        }
    }

    /// <summary>What the query has in another form than the route takes: the framework says of it only that there is something.</summary>
    public static IReadOnlyList<RequestFault> Misread(HttpContext context) =>
    [
        .. (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
            .Where(parameter => parameter.ParameterInfo.ParameterType == typeof(bool?) && context.Request.Query[parameter.Name] is [{ } text, ..] && !bool.TryParse(text, out _))
            .Select(parameter => new RequestFault("/" + parameter.Name, $"'{ShownText.Of(context.Request.Query[parameter.Name].ToString())}' in the query", "true or false")),
    ];

    private IReadOnlyList<string> Known { get; } = known;
}
