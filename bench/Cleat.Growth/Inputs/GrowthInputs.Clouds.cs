namespace Cleat.Growth.Inputs;

internal static partial class GrowthInputs
{
    private const string ArmTemplate = "{\n\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\n";
    private const string ArmParameters = "{\n\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\",\n\"parameters\": {\n";
    private const string ArmContainers = "\"resources\": [{\"type\": \"Microsoft.ContainerInstance/containerGroups\", \"properties\": {\"containers\": [\n";
    private const string ArmEnd = "]}}]}\n";
    private const string BicepContainers = "resource app 'Microsoft.App/containerApps@2024-03-01' = {\n  properties: {\n    template: {\n      containers: [\n";
    private const string BicepEnd = "      ]\n    }\n  }\n}\n";
    private const string TaskDefinition = "Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n";

    private static IEnumerable<GrowthInput> Clouds =>
    [
        One("arm", "azuredeploy.json", ArmTemplate + ArmContainers, Comma(i => $"{{\"properties\": {{\"image\": \"nginx:{i}\"}}}}\n"), ArmEnd),
        One("arm/resources", "azuredeploy.json", ArmTemplate + "\"resources\": [", Comma(i => $"{{\"type\": \"Microsoft.ContainerInstance/containerGroups\", \"properties\": {{\"containers\": [{{\"properties\": {{\"image\": \"nginx:{i}\"}}}}]}}}}\n"), "]}\n"),
        Two("arm/variables", "azuredeploy.json", ArmTemplate + "\"variables\": {\n", Comma(i => $"\"v{i}\": \"nginx:{i}\"\n"), "},\n" + ArmContainers, Comma(i => $"{{\"properties\": {{\"image\": \"[variables('v{i}')]\"}}}}\n"), ArmEnd),
        new("arm/parameters", n =>
        [
            new("azuredeploy.json", Text(n, ArmTemplate + "\"parameters\": {\n", Comma(i => $"\"p{i}\": {{\"type\": \"string\"}}\n"), "},\n" + ArmContainers, Comma(i => $"{{\"properties\": {{\"image\": \"[parameters('p{i}')]\"}}}}\n"), ArmEnd)),
            new("azuredeploy.parameters.json", Text(n, ArmParameters, Comma(i => $"\"p{i}\": {{\"value\": \"nginx:{i}\"}}\n"), "}}\n")),
        ]),
        One("azure-containers", "app.yaml", "type: Microsoft.ContainerInstance/containerGroups\nproperties:\n  containers:\n", i => $"    - name: c{i}\n      properties:\n        image: nginx:{i}\n"),
        One("bicep", "main.bicep", BicepContainers, i => $"        {{\n          image: 'nginx:{i}'\n        }}\n", BicepEnd),
        One("bicep/resources", "main.bicep", "", i => BicepContainers.Replace("app", $"app{i}", StringComparison.Ordinal) + $"        {{ image: 'nginx:{i}' }}\n{BicepEnd}"),
        Two("bicep/parameters", "main.bicep", "", i => $"param v{i} string = 'nginx:{i}'\n", BicepContainers, i => $"        {{\n          image: v{i}\n        }}\n", BicepEnd),
        Two("bicep/variables", "main.bicep", "", i => $"var v{i} = '{i}'\n", BicepContainers, i => $"        {{\n          image: 'nginx:${{v{i}}}'\n        }}\n", BicepEnd),
        new("bicep/parameter-file", n =>
        [
            new("main.bicep", Text(n, "", i => $"param v{i} string\n", BicepContainers, i => $"        {{\n          image: v{i}\n        }}\n", BicepEnd)),
            new("main.bicepparam", Text(n, "using './main.bicep'\n", i => $"param v{i} = 'nginx:{i}'\n")),
        ]),
        new("bicep/modules", n =>
        [
            new("main.bicep", Text(n, "", i => $"module m{i} 'm{i}.bicep' = {{\n  name: 'm{i}'\n  params: {{\n    image: 'nginx:{i}'\n  }}\n}}\n")),
            .. Each(n, i => $"m{i}.bicep", _ => $"param image string\n{BicepContainers}        {{ image: image }}\n{BicepEnd}"),
        ]) { Count = 50 },
        One("cloudformation", "template.yaml", TaskDefinition, i => $"        - Name: c{i}\n          Image: nginx:{i}\n"),
        One("cloudformation/resources", "template.yaml", "Resources:\n", i => $"  Task{i}:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n        - Image: nginx:{i}\n"),
        Two("cloudformation/parameters", "template.yaml", "Parameters:\n", i => $"  P{i}:\n    Type: String\n    Default: nginx:{i}\n", TaskDefinition, i => $"        - Image: !Ref P{i}\n"),
        Two("cloudformation/tags", "template.yaml", "Parameters:\n", i => $"  P{i}:\n    Type: String\n    Default: '{i}'\n", TaskDefinition, i => $"        - Image: !Sub 'nginx:${{P{i}}}'\n"),
        One("ecs", "taskdef.json", "{\n  \"family\": \"shop\",\n  \"containerDefinitions\": [\n", Comma(i => $"    {{\"name\": \"c{i}\", \"image\": \"nginx:{i}\"}}\n"), "  ]\n}\n"),
        One("dockerrun", "Dockerrun.aws.json", "{\n  \"AWSEBDockerrunVersion\": 2,\n  \"containerDefinitions\": [\n", Comma(i => $"    {{\"name\": \"c{i}\", \"image\": \"nginx:{i}\"}}\n"), "  ]\n}\n"),
    ];
}
