using Microsoft.AspNetCore.OpenApi;

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
        options.CreateSchemaReferenceId = type => SchemaForms.IsEither(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer(SchemaForms.MendAsync);
    });
}
