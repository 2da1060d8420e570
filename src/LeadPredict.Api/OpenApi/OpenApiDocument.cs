using LeadPredict.Api.Errors;
using LeadPredict.Api.Security;
using LeadPredict.Storage.Keys;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LeadPredict.Api.OpenApi;

/// <summary>The document at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiDocument
{
    private const string Bearer = "bearer";
    private const string Header = "header";

    public static void AddLeadPredictOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "LeadPredict", Version = "v1", Description = "Honest probabilities beside the scorecard's points, on the same leads." };

            // Where the service is reached is not for it to say.
            document.Servers = [];
            document.AddComponent(Bearer, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key of 'leadpredict keys create' with the scope that the route names. Callers of this machine need one for the scope admin alone, where the service listens on loopback.",
            });
            document.AddComponent(Header, new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "The same key." });
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            AccessScopes scope = (context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteScope>().LastOrDefault() ?? RouteScope.Unsaid).Scope;
            operation.Security = scope == AccessScopes.None ? [] : [.. new[] { Bearer, Header }.Select(scheme =>
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [scope.ToString().ToLowerInvariant()] })];

            // What any route may answer, such as 429 where too many ask or 500 where the service has a fault.
            operation.Responses ??= [];
            operation.Responses.TryAdd("default", new OpenApiResponse
            {
                Description = "Anything else",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemAnswer), context.Document) },
                },
            });
            return Task.CompletedTask;
        });
        options.CreateSchemaReferenceId = type => SchemaForms.IsEither(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer(SchemaForms.MendAsync);
    });
}
