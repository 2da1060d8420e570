using System.Text.Json;
using LeadPredict.Learning.Models;

namespace LeadPredict.Artifacts.Format;

/// <summary>Trees as parallel arrays.</summary>
internal static class TreesCodec
{
    public static void Write(Utf8JsonWriter json, string name, TreeEnsemble? trees)
    {
        if (trees is null)
        {
            json.WriteNull(name);
            return;
        }

        TreeArrays arrays = trees.Arrays;
        json.WriteStartObject(name);
        NumberArrays.Write(json, "treeStarts", arrays.TreeStarts.Select(value => (long)value));
        NumberArrays.Write(json, "feature", arrays.Feature.Select(value => (long)value));
        NumberArrays.Write(json, "threshold", arrays.Threshold);
        NumberArrays.Write(json, "left", arrays.Left.Select(value => (long)value));
        NumberArrays.Write(json, "right", arrays.Right.Select(value => (long)value));
        NumberArrays.Write(json, "defaultLeft", arrays.DefaultLeft.Select(value => value ? 1L : 0L));
        NumberArrays.Write(json, "categoryStart", arrays.CategoryStart.Select(value => (long)value));
        NumberArrays.Write(json, "categoryWords", arrays.CategoryWords.Select(value => (long)value));
        NumberArrays.Write(json, "value", arrays.Value);
        NumberArrays.Write(json, "cover", arrays.Cover);
        json.WriteEndObject();
    }

    public static TreeEnsemble Read(JsonPlace place)
    {
        place.Object(
            "treeStarts", "feature", "threshold", "left", "right", "defaultLeft", "categoryStart", "categoryWords", "value", "cover");
        return new(new TreeArrays
        {
            TreeStarts = place.Member("treeStarts").Integers(),
            Feature = place.Member("feature").Integers(),
            Threshold = place.Member("threshold").Singles(),
            Left = place.Member("left").Integers(),
            Right = place.Member("right").Integers(),
            DefaultLeft = place.Member("defaultLeft").Bits(),
            CategoryStart = place.Member("categoryStart").Integers(),
            CategoryWords = place.Member("categoryWords").Words(),
            Value = place.Member("value").Numbers(),
            Cover = place.Member("cover").Numbers(),
        });
    }
}
