import Foundation
import Inference
import LabanServer
import Recognition

/// A model as users run it, and its network's shape for peers.
struct ShippedModel {
    let name: String
    let network: ContinualNetwork
    let shape: ActionPeer.Shape

    init(named name: String) throws {
        let folder = try ModelName.folder(name)
        self.name = name
        network = try ActionModel(folder: folder).networks[0]
        let json = try Data(contentsOf: URL(filePath: folder).appending(path: "model.json"))
        shape = ActionPeer.Shape(
            try JSONDecoder().decode(ActionModelDescription.self, from: json).architecture, joints: network.joints)
    }
}
