// Package canvas holds business models: the nine blocks of the Business Model Canvas, typed items in each, and typed
// links between them.
//
// In three steps:
//
//  1. Read a canvas with [Decode], or build a [Canvas] in code: it is a plain struct.
//  2. Call [Canvas.Validate], and list its Issues or stop at their Err.
//  3. Walk it with [Canvas.Entries] and [Canvas.Links], find items with [Canvas.Lookup], compare versions with [Diff],
//     write it with [Encode].
//
// Nothing but keys and names is needed; every other attribute may stay empty. In a file:
//
//	format: cxmodel/1
//	name: Café Anna
//	segments:
//	  - {key: neighbours, name: Neighbours, pains: [{key: waiting, text: Waiting for the bill}]}
//	propositions:
//	  - {key: food, name: Home-style food, segments: [neighbours], performance: good}
//	channels:
//	  - {key: phone, name: Phone, phases: [evaluation, purchase], segments: [neighbours], propositions: [food]}
//	revenue-streams:
//	  - {key: meals, name: Meals, payers: [neighbours], propositions: [food], amount: 9000 EUR/month}
//
// # What it is not for
//
// It draws nothing and scores nothing: how well a block supports the stages of a journey is the business of package
// alignment. Whether a canvas is complete is another question than whether it is valid, and Validate does not ask it.
//
// # Sources
//
// The Business Model Canvas is by Strategyzer AG, published under CC BY-SA 3.0 (strategyzer.com); who shows a canvas in
// its layout names them. Blocks and attributes follow
//
//   - A. Osterwalder, The Business Model Ontology: A Proposition in a Design Science Approach, PhD thesis,
//     University of Lausanne, 2004 (value level, reasoning, price level, life cycle, ratings of partners),
//   - A. Osterwalder and Y. Pigneur, Business Model Generation, Wiley, 2010 (blocks, types, phases of channels),
//   - A. Osterwalder, Y. Pigneur, G. Bernarda and A. Smith, Value Proposition Design, Wiley, 2014 (jobs, pains, gains,
//     relievers and creators).
package canvas
