using System.Text.Json.Serialization;

namespace LeadPredict.Api.Faces;

/// <summary>What the server is.</summary>
public sealed record InferenceServer(string Name, string Version, IReadOnlyList<string> Extensions);

/// <summary>How the server is.</summary>
/// <param name="Live">Whether it answers.</param>
/// <param name="Ready">Whether it can infer; null where only the first was asked.</param>
public sealed record InferenceHealth(bool Live, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Ready = null);

/// <summary>What a model takes and gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Versions">The versions that may be asked for: the one that serves.</param>
/// <param name="Platform">What runs it.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Outputs">What it gives.</param>
public sealed record InferenceModel(string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<InferenceTensorShape> Inputs, IReadOnlyList<InferenceTensorShape> Outputs);

/// <summary>Whether a model can be asked.</summary>
public sealed record InferenceModelReady(string Name, bool Ready);

/// <summary>A tensor's form; -1 is any length.</summary>
public sealed record InferenceTensorShape(string Name, string Datatype, IReadOnlyList<int> Shape);

/// <summary>A tensor.</summary>
public sealed record InferenceTensor(string Name, string Datatype, IReadOnlyList<int> Shape, IReadOnlyList<object> Data);

/// <summary>An inference request.</summary>
/// <param name="Inputs">One input, <c>lead</c>; or where a table's model answers, one a column.</param>
/// <param name="Id">Is told again in the answer.</param>
/// <param name="Parameters">Mean nothing here.</param>
/// <param name="Outputs">What is to be answered; all where there is none.</param>
public sealed record InferenceBody(
    IReadOnlyList<InferenceInput> Inputs, string? Id = null, IReadOnlyDictionary<string, object>? Parameters = null, IReadOnlyList<InferenceAsked>? Outputs = null);

/// <summary>The leads of an inference request, or a column of its rows.</summary>
/// <param name="Name"><c>lead</c>, or the column's name.</param>
/// <param name="Datatype"><c>BYTES</c>; of a column any of the protocol's.</param>
/// <param name="Shape">Any of as many elements as there are leads or rows, such as <c>[n]</c>.</param>
/// <param name="Data">Requests to score, each as JSON text, or a column's values; or arrays of them.</param>
/// <param name="Parameters">Mean nothing here.</param>
public sealed record InferenceInput(
    string Name, string Datatype, IReadOnlyList<int> Shape, IReadOnlyList<object> Data, IReadOnlyDictionary<string, object>? Parameters = null);

/// <summary>An output that is asked for.</summary>
/// <param name="Name">Its name, as the model says it.</param>
/// <param name="Parameters">Mean nothing here.</param>
public sealed record InferenceAsked(string Name, IReadOnlyDictionary<string, object>? Parameters = null);

/// <summary>The answer to an inference request.</summary>
/// <param name="ModelName">The model that answered.</param>
/// <param name="ModelVersion">Its version.</param>
/// <param name="Outputs">One element a lead or row each: -1, and no grade, where no score is given because the person objects to being profiled.</param>
/// <param name="Id">The request's identifier; not there when it had none.</param>
public sealed record InferenceAnswer(
    [property: JsonPropertyName("model_name")] string ModelName,
    [property: JsonPropertyName("model_version")] string ModelVersion,
    IReadOnlyList<InferenceTensor> Outputs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id = null);
