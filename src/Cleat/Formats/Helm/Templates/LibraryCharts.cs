namespace Cleat.Formats.Helm.Templates;

/// <summary>What is known of library charts that are fetched, not kept beside the charts that use them.</summary>
internal static class LibraryCharts
{
    /// <summary>Bitnami's <c>common</c> (templates/_images.tpl, since 2.0): a digest in place of the tag, <c>global.imageRegistry</c> over the image's own registry.</summary>
    public static TemplateFile Bitnami { get; } = new("common/_images.tpl", new("_images.tpl", """
        {{- define "common.images.image" -}}
        {{- $global := "" -}}
        {{- with .global -}}{{- $global = .imageRegistry -}}{{- end -}}
        {{- with $global | default .imageRoot.registry -}}{{ . }}/{{- end -}}
        {{ .imageRoot.repository }}
        {{- if .imageRoot.digest -}}
        @{{ .imageRoot.digest }}
        {{- else if .imageRoot.tag -}}
        :{{ .imageRoot.tag }}
        {{- else if .chart -}}
        :{{ .chart.AppVersion }}
        {{- end -}}
        {{- end -}}
        """u8.ToArray()));
}
