import { graphql } from "@/gql";

export const LabelChainsQuery = graphql(`
  query LabelChains {
    labelChains { id name note classes createdAt project { id name } stages { kind name counts { items } } }
  }
`);

export const RateFields = graphql(`
  fragment RateFields on RateEstimate { value low high }
`);

export const LabelChainQuery = graphql(`
  query LabelChain($id: UUID!, $set: String) {
    labelChain(id: $id) {
      id name note classes prevalence prevalenceSource sets createdAt createdBy
      project { id name }
      stages { kind name counts { source items datasetId samples { set chosenBy shares designEffects } } }
      direct { source items datasetId }
      board(set: $set) {
        set fixFirst fixFirstText assumption warnings directItems
        stages {
          name source counts items ofSet
          matrix { ...RateFields }
          setsDiffer { chiSquare degreesOfFreedom p thinCells }
          gain { ...RateFields }
          behind { ...RateFields }
          classGains { name sensitivity { ...RateFields } specificity { ...RateFields } ppv { ...RateFields } }
        }
        composed { ...LabelMatrixFields }
        direct { ...LabelMatrixFields }
        againstDirect { differences { ...RateFields } accuracy { ...RateFields } p contradicted unseen text }
      }
    }
  }
`);

export const LabelMatrixFields = graphql(`
  fragment LabelMatrixFields on LabelMatrix {
    matrix { ...RateFields }
    accuracy { ...RateFields }
    classes {
      name
      prevalence { ...RateFields } sensitivity { ...RateFields } specificity { ...RateFields } ppv { ...RateFields } labelled { ...RateFields }
    }
  }
`);

export const CreateLabelChain = graphql(`
  mutation CreateLabelChain($input: CreateLabelChainInput!) { createLabelChain(input: $input) { id } }
`);

/** What a stage may be counted from. */
export const LabelSourcesQuery = graphql(`
  query LabelSources {
    projects { id name }
    datasets(first: 200) {
      edges { node { id name readers { name schemaId } labelVersions { id number rule schema { id task classes exclusive } } } }
    }
  }
`);
