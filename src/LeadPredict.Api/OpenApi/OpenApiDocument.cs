using LeadPredict.Api.Errors;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LeadPredict.Api.OpenApi;

/// <summary>The document at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiDocument
{
    public static void AddLeadPredictOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "LeadPredict", Version = "v1", Description = "Honest probabilities beside the scorecard's points, on the same leads." };

            // Where the service is reached is not for it to say.
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
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
